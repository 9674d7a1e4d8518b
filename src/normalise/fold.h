#pragma once

#include <string>
#include <string_view>

/// The plain letters that everything here is matched by. Pure functions; any thread may call them.
namespace hustings::normalise {

/// Writes `text` (UTF-8) to `out` as ASCII capitals for matching: compatibility forms are unfolded
/// (NFKC), letters of other scripts and with accents are written in Latin ones (ICU's
/// "Any-Latin; Latin-ASCII": É is E, ß is SS, Ж is Z). What has no Latin writing, and bytes that
/// are not UTF-8, are left out. ASCII text takes a short way without ICU. `out` is replaced and its
/// capacity used again: a loop over rows allocates nothing.
void fold_to(std::string_view text, std::string& out);
std::string folded(std::string_view text);

/// Adds the letters A to Z and digits of `text`, which is folded, to `out`; nothing else.
void append_squeezed(std::string_view text, std::string& out);

}  // namespace hustings::normalise
