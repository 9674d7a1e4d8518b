#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// Codes of how a name sounds, for blocking: names that sound alike get the same code. They take
/// matching forms (NameForm::last); anything but A to Z is passed over. Pure; any thread.
namespace hustings::normalise {

/// The American Soundex of the National Archives (General Information Leaflet 55: H and W do not
/// part two letters of one code, vowels do), four characters in the low 32 bits, "R163" is
/// 'R' << 24 | '1' << 16 | '6' << 8 | '3'. 0 for a name without a letter.
std::uint32_t soundex(std::string_view name);

/// NYSIIS (Taft 1970, New York State Identification and Intelligence System), cut to eight letters,
/// first letter in the highest of the 64 bits, zero filled. Keeps vowels' places and splits names
/// about twice as finely as Soundex. 0 for a name without a letter.
std::uint64_t nysiis(std::string_view name);

/// The characters of a code of either kind: "R163", "RABART".
std::string code_text(std::uint64_t code);

}  // namespace hustings::normalise
