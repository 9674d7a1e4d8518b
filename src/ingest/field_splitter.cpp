#include "ingest/field_splitter.h"

#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace hustings::ingest {
namespace {

/// Calls found(offset) for each delimiter, in order.
template <class Found>
void each_delimiter(std::string_view line, char delimiter, const Found& found) {
  std::size_t i = 0;
#if defined(__SSE2__)
  const __m128i wanted = _mm_set1_epi8(delimiter);
  for (; i + 16 <= line.size(); i += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(line.data() + i));
    auto mask = static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, wanted)));
    while (mask != 0) {
      found(i + static_cast<std::size_t>(__builtin_ctz(mask)));
      mask &= mask - 1;
    }
  }
#endif
  for (; i < line.size(); ++i) {
    if (line[i] == delimiter) found(i);
  }
}

void split_plain(std::string_view line, char delimiter, bool takes_off_quotes,
                 std::vector<std::string_view>& fields) {
  std::size_t begin = 0;
  const auto add = [&](std::size_t end) {
    std::string_view field = line.substr(begin, end - begin);
    if (takes_off_quotes && field.size() >= 2 && field.front() == '"' && field.back() == '"') {
      field = field.substr(1, field.size() - 2);
    }
    fields.push_back(field);
    begin = end + 1;
  };
  each_delimiter(line, delimiter, add);
  add(line.size());
}

/// One quoted field of RFC 4180, from behind its opening quote. Sets `end` behind the closing one.
bool read_strict(std::string_view line, std::size_t& end, Arena& arena, std::string_view& field) {
  const std::size_t begin = end;
  std::size_t close = line.find('"', begin);
  if (close != std::string_view::npos && (close + 1 == line.size() || line[close + 1] != '"')) {
    field = line.substr(begin, close - begin);
    end = close + 1;
    return true;
  }
  char* out = arena.take(line.size() - begin);
  std::size_t size = 0;
  std::size_t at = begin;
  while (true) {
    close = line.find('"', at);
    if (close == std::string_view::npos) return false;
    std::memcpy(out + size, line.data() + at, close - at);
    size += close - at;
    at = close + 1;
    if (at == line.size() || line[at] != '"') break;
    out[size++] = '"';
    ++at;
  }
  field = {out, size};
  end = at;
  return true;
}

bool split_strict(std::string_view line, char delimiter, Arena& arena,
                  std::vector<std::string_view>& fields) {
  std::size_t at = 0;
  while (true) {
    std::string_view field;
    if (at < line.size() && line[at] == '"') {
      ++at;
      if (!read_strict(line, at, arena, field)) return false;
      if (at < line.size() && line[at] != delimiter) return false;
    } else {
      const std::size_t end = std::min(line.find(delimiter, at), line.size());
      field = line.substr(at, end - at);
      at = end;
    }
    fields.push_back(field);
    if (at == line.size()) return true;
    ++at;
  }
}

/// A quote closes only before a delimiter or the line's end; a field whose quote never closes is
/// taken as it is.
void split_lenient(std::string_view line, char delimiter, std::vector<std::string_view>& fields) {
  std::size_t at = 0;
  while (true) {
    std::size_t end = std::min(line.find(delimiter, at), line.size());
    std::string_view field = line.substr(at, end - at);
    if (at < line.size() && line[at] == '"') {
      std::size_t close = line.find('"', at + 1);
      while (close != std::string_view::npos && close + 1 < line.size() &&
             line[close + 1] != delimiter) {
        close = line.find('"', close + 1);
      }
      if (close != std::string_view::npos) {
        field = line.substr(at + 1, close - at - 1);
        end = close + 1;
      }
    }
    fields.push_back(field);
    if (end == line.size()) return;
    at = end + 1;
  }
}

}  // namespace

bool split_fields(std::string_view line, char delimiter, QuoteMode quotes, Arena& arena,
                  std::vector<std::string_view>& fields) {
  fields.clear();
  switch (quotes) {
    case QuoteMode::none:
      split_plain(line, delimiter, false, fields);
      return true;
    case QuoteMode::outer:
      split_plain(line, delimiter, true, fields);
      return true;
    case QuoteMode::strict:
      return split_strict(line, delimiter, arena, fields);
    case QuoteMode::lenient:
      split_lenient(line, delimiter, fields);
      return true;
  }
  return false;
}

bool split_widths(std::string_view line, std::span<const int> widths,
                  std::vector<std::string_view>& fields) {
  fields.clear();
  std::size_t at = 0;
  for (const int width : widths) {
    const std::size_t begin = at;
    for (int i = 0; i < width; ++i) {
      if (at >= line.size()) return false;
      ++at;
      while (at < line.size() && (static_cast<unsigned char>(line[at]) & 0xc0U) == 0x80U)
        ++at;
    }
    fields.push_back(line.substr(begin, at - begin));
  }
  return at == line.size();
}

std::size_t character_count(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text)
    count += (static_cast<unsigned char>(c) & 0xc0U) == 0x80U ? 0 : 1;
  return count;
}

}  // namespace hustings::ingest
