#include "ingest/line_walker.h"

#include <algorithm>
#include <cstring>

#include "base/text.h"

namespace hustings::ingest {
namespace {

bool has_nul(std::string_view bytes) {
  return !bytes.empty() && std::memchr(bytes.data(), 0, bytes.size()) != nullptr;
}

bool is_of_a_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// Some programs fill fields up with NUL; a NUL between two letters is damage.
bool nul_inside_word(std::string_view bytes) {
  for (std::size_t at = bytes.find('\0'); at != std::string_view::npos; at = bytes.find('\0', at)) {
    const std::size_t end = std::min(bytes.find_first_not_of('\0', at), bytes.size());
    if (at > 0 && end < bytes.size() && is_of_a_word(bytes[at - 1]) && is_of_a_word(bytes[end])) {
      return true;
    }
    at = end;
  }
  return false;
}

/// How many bytes a UTF-8 text is in UTF-16.
std::int64_t utf_16_bytes(std::string_view text) {
  std::int64_t units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xc0) != 0x80) units += byte >= 0xf0 && byte < 0xf8 ? 2 : 1;
  }
  return units * 2;
}

}  // namespace

LineWalker::LineWalker(const Chunk& chunk)
    : chunk_(chunk),
      whole_(chunk.bytes),
      plain_(chunk.encoding != Encoding::utf_16le && is_ascii(chunk.bytes) &&
             !has_nul(chunk.bytes)),
      keeps_copy_(!plain_),
      number_(chunk.first_line),
      offset_(chunk.offset) {
  if (chunk.encoding == Encoding::utf_16le) {
    append_utf_16le(chunk.bytes, converted_);
    whole_ = converted_;
  }
}

bool LineWalker::next_bytes(std::string_view& bytes) {
  if (at_ >= whole_.size()) return false;
  const std::size_t end = std::min(whole_.find('\n', at_), whole_.size());
  bytes = whole_.substr(at_, end - at_);
  at_ = std::min(end + 1, whole_.size());
  return true;
}

void LineWalker::decode(std::string_view bytes, Line& line) {
  line.text = bytes;
  if (has_nul(bytes)) {
    line.is_text = !nul_inside_word(bytes);
    if (line.is_text) {
      line_.assign(bytes);
      line.nuls = static_cast<std::int64_t>(std::erase(line_, '\0'));
      line.text = line_;
    }
  }
  if (line.is_text && !is_ascii(line.text)) {
    if (chunk_.encoding == Encoding::windows_1252) {
      std::string utf_8;
      utf_8.reserve(line.text.size() * 2);
      append_windows_1252(line.text, utf_8);
      line_ = std::move(utf_8);
      line.text = line_;
    }
    line.is_text = is_utf8(line.text);
  }
  kept_ += line.is_text ? line.text : escaped(line.text);
  kept_ += '\n';
}

bool LineWalker::next(Line& line) {
  const std::size_t from = at_;
  std::string_view bytes;
  if (!next_bytes(bytes)) return false;
  line = {.number = number_++, .offset = offset_, .part = chunk_.part};
  const std::string_view consumed = whole_.substr(from, at_ - from);
  line.is_cut = chunk_.is_last && !consumed.ends_with('\n');
  offset_ += chunk_.encoding == Encoding::utf_16le ? utf_16_bytes(consumed)
                                                   : static_cast<std::int64_t>(consumed.size());
  if (bytes.ends_with('\r')) bytes.remove_suffix(1);
  if (plain_) {
    line.text = bytes;
  } else {
    decode(bytes, line);
  }
  return true;
}

}  // namespace hustings::ingest
