#include "ingest/first_look.h"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "ingest/chunk_reader.h"
#include "ingest/line_walker.h"

namespace hustings::ingest {
namespace {

constexpr std::size_t kLookBytes = 64 << 10;

struct Magic {
  std::string_view bytes;
  std::string_view sentence;
};
constexpr std::array<Magic, 5> kMagics = {{
    {"PK\x03\x04", "This is a zip archive. Unzip it, then import the text file inside it."},
    {"\x1f\x8b", "This is a gzip file. Unpack it (gunzip), then import the text file."},
    {"\x28\xb5\x2f\xfd", "This is a zstd file. Unpack it (unzstd), then import the text file."},
    {"%PDF", "This is a PDF. Ask for the list as a text file."},
    {"\xd0\xcf\x11\xe0", "This is an Excel file. Save it as text, then import that."},
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

}  // namespace

Result<ColumnMap> look_at_header(const std::filesystem::path& file, const Layout& layout) {
  ChunkReader reader = TRY(ChunkReader::open(file, layout.encoding));
  while (true) {
    auto chunk = TRY(reader.next());
    if (!chunk) return invalid("The file holds nothing but empty lines.", file.string());
    const std::string_view begin = std::string_view(chunk->bytes).substr(0, kLookBytes);
    if (chunk->index == 0) {
      for (const Magic& magic : kMagics) {
        if (begin.starts_with(magic.bytes))
          return invalid(std::string(magic.sentence), file.string());
      }
      if (is_binary(begin, chunk->encoding)) {
        return invalid("This is no text file: it holds bytes that no text has.", file.string());
      }
    }
    LineWalker walker(*chunk);
    Line line;
    while (walker.next(line)) {
      if (trim(line.text).empty()) continue;
      if (!line.is_text) {
        return invalid(fmt::format("Line {} has bytes that are not {}.", line.number,
                                   to_string(chunk->encoding)),
                       file.string());
      }
      return layout.has_header ? map_header(layout, line.text) : map_positions(layout, line.text);
    }
  }
}

}  // namespace hustings::ingest
