#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/error.h"
#include "ingest/input_file.h"

namespace hustings::ingest {

enum class Packing : std::uint8_t { plain, gzip, zstd, zip };
/// By the file's first bytes, whatever its name.
Packing packing_of(InputFile& file);

/// The files inside a zip archive, in its order, without folders. Refuses a damaged archive.
Result<std::vector<std::string>> members_of(InputFile& file);

/// The text inside a file, unpacked on the way: a few hundred KB of memory whatever its size.
class TextStream {
 public:
  virtual ~TextStream() = default;
  /// Up to `size` bytes; 0 at the end. Refuses a damaged or encrypted archive, and one that is cut
  /// off.
  virtual Result<std::size_t> read(char* into, std::size_t size) = 0;
};
/// `member` names a file inside a zip archive; empty for everything else. `file` must outlive it.
Result<std::unique_ptr<TextStream>> open_text(InputFile& file, const std::string& member);

}  // namespace hustings::ingest
