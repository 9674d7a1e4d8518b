#include "ingest/encoding.h"

#include <array>
#include <cstring>

#include <fmt/format.h>

#include "base/text.h"

namespace hustings::ingest {
namespace {

/// What 0x80 to 0x9f are in Windows-1252; 0 where it defines nothing.
constexpr std::array<std::uint16_t, 32> kWindows1252 = {
    0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017d, 0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178};

void append_code_point(std::uint32_t point, std::string& out) {
  if (point < 0x80) {
    out += static_cast<char>(point);
  } else if (point < 0x800) {
    out += static_cast<char>(0xc0 | (point >> 6));
    out += static_cast<char>(0x80 | (point & 0x3f));
  } else if (point < 0x10000) {
    out += static_cast<char>(0xe0 | (point >> 12));
    out += static_cast<char>(0x80 | ((point >> 6) & 0x3f));
    out += static_cast<char>(0x80 | (point & 0x3f));
  } else {
    out += static_cast<char>(0xf0 | (point >> 18));
    out += static_cast<char>(0x80 | ((point >> 12) & 0x3f));
    out += static_cast<char>(0x80 | ((point >> 6) & 0x3f));
    out += static_cast<char>(0x80 | (point & 0x3f));
  }
}

}  // namespace

bool is_ascii(std::string_view bytes) {
  std::uint64_t any = 0;
  std::size_t i = 0;
  for (; i + 8 <= bytes.size(); i += 8) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, bytes.data() + i, 8);
    any |= eight;
  }
  for (; i < bytes.size(); ++i)
    any |= static_cast<unsigned char>(bytes[i]);
  return (any & 0x8080808080808080ULL) == 0;
}

void append_windows_1252(std::string_view bytes, std::string& out) {
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      out += c;
    } else if (byte >= 0xa0) {
      append_code_point(byte, out);
    } else if (const std::uint16_t point = kWindows1252[byte - 0x80U]; point != 0) {
      append_code_point(point, out);
    } else {
      out += c;
    }
  }
}

void append_utf_16le(std::string_view bytes, std::string& out) {
  const auto unit = [&](std::size_t i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i])) |
           (static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i + 1])) << 8);
  };
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
    const std::uint32_t one = unit(i);
    const bool high = one >= 0xd800 && one < 0xdc00;
    if (high && i + 3 < bytes.size()) {
      const std::uint32_t two = unit(i + 2);
      if (two >= 0xdc00 && two < 0xe000) {
        append_code_point(0x10000 + ((one - 0xd800) << 10) + (two - 0xdc00), out);
        i += 2;
        continue;
      }
    }
    append_code_point(one, out);
  }
  if (bytes.size() % 2 == 1) out += '\xff';  // half a character at the end
}

std::string escaped(std::string_view bytes) {
  std::string out;
  while (!bytes.empty()) {
    const std::size_t bad = std::min(first_invalid_utf8(bytes), bytes.find('\0'));
    out += bytes.substr(0, bad);
    if (bad == std::string_view::npos) break;
    out += fmt::format("\\x{:02x}", static_cast<unsigned char>(bytes[bad]));
    bytes.remove_prefix(bad + 1);
  }
  return out;
}

std::size_t EncodingDetector::begin(std::string_view bytes) {
  if (bytes.starts_with("\xef\xbb\xbf")) {
    if (encoding_ == Encoding::automatic) encoding_ = Encoding::utf_8;
    return encoding_ == Encoding::utf_8 ? 3 : 0;
  }
  if (bytes.starts_with("\xff\xfe")) {
    if (encoding_ == Encoding::automatic) encoding_ = Encoding::utf_16le;
    return encoding_ == Encoding::utf_16le ? 2 : 0;
  }
  // UTF-16 without a mark: every second byte of a header is NUL.
  if (encoding_ == Encoding::automatic && bytes.size() >= 8 && bytes[1] == '\0' &&
      bytes[3] == '\0' && bytes[5] == '\0' && bytes[7] == '\0' && bytes[0] != '\0') {
    encoding_ = Encoding::utf_16le;
  }
  return 0;
}

void EncodingDetector::add(std::string_view lines) {
  if (encoding_ != Encoding::automatic || is_ascii(lines)) return;
  // Line by line, so that one damaged line at the file's beginning does not decide for all.
  while (!lines.empty() && encoding_ == Encoding::automatic) {
    const std::string_view line = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(std::min(lines.size(), line.size() + 1));
    if (is_ascii(line)) continue;
    encoding_ = is_utf8(line) ? Encoding::utf_8 : Encoding::windows_1252;
  }
}

}  // namespace hustings::ingest
