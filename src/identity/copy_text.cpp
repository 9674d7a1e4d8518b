#include "identity/copy_text.h"

#include <charconv>

namespace hustings::identity {
namespace {

char letter_of(char escape) {
  switch (escape) {
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case 'v':
      return '\v';
    default:
      return escape;
  }
}

}  // namespace

std::string_view CopyTextRow::unescaped(std::string_view field) {
  if (field == "\\N") return {};
  if (field.find('\\') == std::string_view::npos) return field;
  const std::size_t from = buffer_.size();
  for (std::size_t i = 0; i < field.size(); ++i) {
    if (field[i] == '\\' && i + 1 < field.size()) {
      buffer_ += letter_of(field[++i]);
    } else {
      buffer_ += field[i];
    }
  }
  return std::string_view(buffer_).substr(from);
}

bool CopyTextRow::read(std::string_view row) {
  if (row.ends_with('\n')) row.remove_suffix(1);
  buffer_.clear();
  buffer_.reserve(row.size());  // so that no view of it moves
  for (std::size_t column = 0; column < fields_.size(); ++column) {
    const std::size_t end = row.find('\t');
    const bool is_last = column + 1 == fields_.size();
    if ((end == std::string_view::npos) != is_last) return false;
    fields_[column] = unescaped(row.substr(0, end));
    if (!is_last) row.remove_prefix(end + 1);
  }
  return true;
}

std::int64_t CopyTextRow::number(std::size_t column) const {
  std::int64_t value = 0;
  const std::string_view field = fields_[column];
  std::from_chars(field.data(), field.data() + field.size(), value);
  return value;
}

}  // namespace hustings::identity
