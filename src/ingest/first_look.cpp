#include "ingest/first_look.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "ingest/code_maps.h"
#include "ingest/line_walker.h"
#include "ingest/row_reader.h"

namespace hustings::ingest {
namespace {

constexpr std::size_t kLookBytes = 64 << 10;
/// Fewer rows than this do not tell of which state a file is.
constexpr std::int64_t kStateRowsMin = 5;

struct Magic {
  std::string_view bytes;
  std::string_view sentence;
};
constexpr std::array<Magic, 6> kMagics = {{
    {"%PDF", "This is a PDF. Ask for the list as a text file."},
    {"\xd0\xcf\x11\xe0", "This is an Excel file. Save it as text, then import that."},
    {"PK\x03\x04", "This is an archive inside an archive. Unpack it, then import what is inside."},
    {"Rar!", "This is a RAR archive. Unpack it, then import the text file inside."},
    {"7z\xbc\xaf", "This is a 7-Zip archive. Unpack it, then import the text file inside."},
    {"BZh", "This is a bzip2 file. Unpack it, then import the text file inside."},
}};

/// Bytes that no text has, more than one in a hundred.
bool is_binary(std::string_view bytes, Encoding encoding) {
  if (encoding == Encoding::utf_16le) return false;
  std::size_t control = 0;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    control += byte < 0x09 || (byte >= 0x0e && byte < 0x20) || byte == 0x7f ? 1 : 0;
  }
  return control * 100 > bytes.size();
}

Status check_text(const Chunk& chunk, const std::string& where) {
  const std::string_view begin = std::string_view(chunk.bytes).substr(0, kLookBytes);
  for (const Magic& magic : kMagics) {
    if (begin.starts_with(magic.bytes)) return invalid(std::string(magic.sentence), where);
  }
  if (is_binary(begin, chunk.encoding)) {
    return invalid("This is no text file: it holds bytes that no text has.", where);
  }
  return {};
}

/// A part's first lines.
Result<Chunk> first_chunk(Source& source, const SourcePart& part, Encoding encoding) {
  constexpr std::size_t kBytes = 256 << 10;
  const auto stream = TRY(source.open_part(part));
  EncodingDetector detector(encoding);
  Chunk chunk;
  bool is_over = false;
  while (chunk.bytes.size() < kBytes && !is_over) {
    const std::size_t from = chunk.bytes.size();
    chunk.bytes.resize(from + kLookBytes);
    const std::size_t got = TRY(stream->read(chunk.bytes.data() + from, kLookBytes));
    chunk.bytes.resize(from + got);
    is_over = got == 0;
  }
  const std::size_t mark = detector.begin(chunk.bytes);
  chunk.bytes.erase(0, mark);
  const bool wide = detector.encoding() == Encoding::utf_16le;
  const auto end = chunk.bytes.rfind(wide ? std::string_view("\n\0", 2) : std::string_view("\n"));
  if (!is_over && end != std::string::npos) chunk.bytes.resize(end + (wide ? 2 : 1));
  if (detector.encoding() == Encoding::automatic) detector.add(chunk.bytes);
  chunk.encoding = detector.encoding();
  return chunk;
}

/// Rows of another state than the layout's: most of what the column says.
Status check_state(const Layout& layout, const ColumnMap& map, const Beginning& beginning,
                   const std::string& where) {
  if (layout.state.empty() || map.place(Target::state) == ColumnMap::kAbsent) return {};
  RowReader reader({layout, map, {}});
  std::map<std::string, std::int64_t> states;
  std::int64_t all = 0;
  for (const std::string& line : beginning.lines) {
    RowProblem problem;
    if (is_header(map, line) || !reader.split(line, 0, problem)) continue;
    const std::string state = to_upper(reader.text(Target::state));
    if (state.size() != 2) continue;
    ++states[state];
    ++all;
  }
  if (all < kStateRowsMin || states[layout.state] * 2 >= all) return {};
  const auto most =
      std::max_element(states.begin(), states.end(),
                       [](const auto& a, const auto& b) { return a.second < b.second; });
  return invalid(fmt::format("The file's rows are of {}, but the layout '{}' is for {}. Choose the "
                             "layout of the file's state.",
                             most->first, layout.name, layout.state),
                 where);
}

Result<ColumnMap> look_at_part(Source& source, const SourcePart& part, const Layout& layout) {
  const Beginning beginning = TRY(begin_of(source, part, layout.encoding));
  auto mapped = map_first_line(layout, beginning.first_line);
  if (!mapped) {
    Error error = std::move(mapped).error();
    if (source.parts().size() > 1) error.where = fmt::format("{}, {}", part.name, error.where);
    return std::unexpected(std::move(error));
  }
  ColumnMap map = *std::move(mapped);
  TRY(apply_code_maps(source, part, layout, map));
  TRY(check_state(layout, map, beginning, part.name));
  return map;
}

bool are_equal(const ColumnMap& a, const ColumnMap& b) {
  return a.names == b.names && a.delimiter == b.delimiter && a.header == b.header &&
         a.widths == b.widths && a.generation == b.generation;
}

}  // namespace

Result<Beginning> begin_of(Source& source, const SourcePart& part, Encoding of_layout) {
  Beginning out;
  std::string where = part.name;
  out.chunk = TRY(first_chunk(source, part, of_layout));
  TRY(check_text(out.chunk, where));
  LineWalker walker(out.chunk);
  Line line;
  while (walker.next(line) && out.lines.size() < Beginning::kLinesMax) {
    if (trim(line.text).empty()) continue;
    if (!line.is_text) {
      if (!out.lines.empty()) continue;
      return invalid(fmt::format("Line {} has bytes that are not {}.", line.number,
                                 to_string(out.chunk.encoding)),
                     std::move(where));
    }
    if (out.lines.empty()) out.first_line = line.text;
    out.lines.emplace_back(line.text);
  }
  if (out.lines.empty()) {
    return invalid("The file holds nothing but empty lines.", std::move(where));
  }
  return out;
}

Result<ColumnMap> look_at_source(Source& source, const Layout& layout) {
  std::vector<ColumnMap> maps;
  std::vector<bool> ignored;
  std::optional<Error> why;
  for (const SourcePart& part : source.parts()) {
    auto map = look_at_part(source, part, layout);
    ignored.push_back(!map);
    if (map) {
      maps.push_back(*std::move(map));
    } else {
      if (!source.is_uncertain()) return std::unexpected(std::move(map).error());
      if (!why) why = std::move(map).error();
    }
  }
  if (maps.empty()) return std::unexpected(*std::move(why));
  if (source.is_uncertain()) source.ignore_parts(ignored);
  const bool all_equal =
      layout.maps.empty() && std::all_of(maps.begin(), maps.end(), [&](const ColumnMap& map) {
        return are_equal(map, maps.front());
      });
  ColumnMap out = maps.front();
  if (!all_equal && maps.size() > 1) out.of_parts = std::move(maps);
  return out;
}

Result<ColumnMap> look_at_header(const std::filesystem::path& file, const Layout& layout) {
  Source source = TRY(Source::open(file));
  return look_at_source(source, layout);
}

}  // namespace hustings::ingest
