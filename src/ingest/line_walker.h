#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "ingest/chunk_reader.h"

namespace hustings::ingest {

/// One line of a chunk, as UTF-8 without its line end. `text` lives until the next line.
struct Line {
  std::string_view text;
  std::int64_t number = 0;
  std::int64_t offset = 0;  ///< of its first byte in the file
  bool is_text = true;      ///< false: bytes that the file's encoding does not have, or a NUL
                            ///< inside a word
  std::int64_t nuls = 0;    ///< NUL bytes that filled up a field and were left out
  bool is_cut = false;      ///< the part ends in this line, without a line end
  int part = 0;             ///< of the delivery that it stands in
};

/// Walks through the lines of a chunk.
class LineWalker {
 public:
  explicit LineWalker(const Chunk& chunk);
  bool next(Line& line);
  const Chunk& chunk() const { return chunk_; }

  /// Everything up to here as UTF-8, for keeping; bytes that are no text are escaped.
  std::string_view kept() const { return keeps_copy_ ? std::string_view(kept_) : whole_; }

 private:
  bool next_bytes(std::string_view& bytes);
  void decode(std::string_view bytes, Line& line);

  const Chunk& chunk_;
  std::string converted_;  // a UTF-16 chunk as UTF-8
  std::string_view whole_;
  std::string line_;  // the present line, where it had to be changed
  std::string kept_;
  const bool plain_;  // ASCII without NUL: nothing to check in any line
  const bool keeps_copy_;
  std::size_t at_ = 0;
  std::int64_t number_;
  std::int64_t offset_;
};

}  // namespace hustings::ingest
