#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "ingest/layout.h"

namespace hustings::ingest {

/// True if no byte is above 127.
bool is_ascii(std::string_view bytes);

/// Appends Windows-1252 as UTF-8. The five bytes that it does not define (81 8D 8F 90 9D) are
/// appended as they are, which is no UTF-8: the row they stand in is then refused, not changed.
void append_windows_1252(std::string_view bytes, std::string& out);

/// Appends UTF-16 (little endian) as UTF-8. Half a surrogate pair is appended as three bytes that
/// are no UTF-8.
void append_utf_16le(std::string_view bytes, std::string& out);

/// A text for people out of bytes that are no UTF-8: the bytes that do not fit, and NUL, become
/// "\x81".
std::string escaped(std::string_view bytes);

/// The encoding of a file, found out as it is read, in order: a byte order mark tells at once;
/// else UTF-8 or Windows-1252 by the first bytes above 127.
class EncodingDetector {
 public:
  explicit EncodingDetector(Encoding of_layout) : encoding_(of_layout) {}

  /// The file's first bytes; returns how many belong to a byte order mark.
  std::size_t begin(std::string_view bytes);
  /// A piece that begins and ends at line ends (not for UTF-16).
  void add(std::string_view lines);
  /// automatic: nothing above 127 has come yet, so that both are right.
  Encoding encoding() const { return encoding_; }

 private:
  Encoding encoding_;
};

}  // namespace hustings::ingest
