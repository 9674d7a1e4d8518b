#include "forms/xml_reader.h"

#include <charconv>

#include "base/text.h"

namespace hustings::forms {
namespace {

std::unexpected<Error> broken() {
  return invalid("The workbook holds XML that cannot be read. Save it again as .xlsx.", "file");
}

std::string local(std::string_view name) {
  const std::size_t colon = name.find(':');
  return std::string(colon == std::string_view::npos ? name : name.substr(colon + 1));
}

void append_utf8(std::string& out, std::uint32_t code) {
  const auto byte = [&out](std::uint32_t bits) { out += static_cast<char>(bits); };
  if (code < 0x80) {
    byte(code);
  } else if (code < 0x800) {
    byte(0xC0 | code >> 6);
    byte(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    byte(0xE0 | code >> 12);
    byte(0x80 | (code >> 6 & 0x3F));
    byte(0x80 | (code & 0x3F));
  } else {
    byte(0xF0 | code >> 18);
    byte(0x80 | (code >> 12 & 0x3F));
    byte(0x80 | (code >> 6 & 0x3F));
    byte(0x80 | (code & 0x3F));
  }
}

bool append_entity(std::string& out, std::string_view name) {
  if (name == "lt") return out += '<', true;
  if (name == "gt") return out += '>', true;
  if (name == "amp") return out += '&', true;
  if (name == "quot") return out += '"', true;
  if (name == "apos") return out += '\'', true;
  if (!name.starts_with('#')) return false;
  const bool is_hex = name.size() > 1 && (name[1] == 'x' || name[1] == 'X');
  const std::string_view digits = name.substr(is_hex ? 2 : 1);
  std::uint32_t code = 0;
  const auto end =
      std::from_chars(digits.data(), digits.data() + digits.size(), code, is_hex ? 16 : 10);
  const bool is_number = end.ec == std::errc() && end.ptr == digits.data() + digits.size();
  const bool is_surrogate = code >= 0xD800 && code < 0xE000;
  if (!is_number || code == 0 || code > 0x10FFFF || is_surrogate) return false;
  append_utf8(out, code);
  return true;
}

Result<std::string> plain(std::string_view raw) {
  std::string out;
  for (std::size_t at = 0; at < raw.size();) {
    if (raw[at] != '&') {
      out += raw[at++];
      continue;
    }
    const std::size_t end = raw.find(';', at);
    if (end == std::string_view::npos) return broken();
    if (!append_entity(out, raw.substr(at + 1, end - at - 1))) return broken();
    at = end + 1;
  }
  return out;
}

}  // namespace

Result<XmlReader::Piece> XmlReader::next() {
  if (!pending_end_.empty()) {
    Piece piece{.kind = Kind::end, .name = std::move(pending_end_)};
    pending_end_.clear();
    return piece;
  }
  while (at_ < text_.size()) {
    if (text_[at_] != '<') {
      const std::size_t end = std::min(text_.find('<', at_), text_.size());
      std::string text = TRY(plain(text_.substr(at_, end - at_)));
      at_ = end;
      return Piece{.kind = Kind::text, .text = std::move(text)};
    }
    const std::string_view rest = text_.substr(at_);
    if (rest.starts_with("<?") || rest.starts_with("<!--")) {
      const std::string_view close = rest[1] == '?' ? "?>" : "-->";
      const std::size_t end = rest.find(close);
      if (end == std::string_view::npos) return broken();
      at_ += end + close.size();
      continue;
    }
    constexpr std::string_view kData = "<![CDATA[";
    if (rest.starts_with(kData)) {
      const std::size_t end = rest.find("]]>");
      if (end == std::string_view::npos) return broken();
      at_ += end + 3;
      return Piece{.kind = Kind::text,
                   .text = std::string(rest.substr(kData.size(), end - kData.size()))};
    }
    if (rest.starts_with("<!")) return broken();
    return tag();
  }
  return Piece{};
}

Result<XmlReader::Piece> XmlReader::tag() {
  // A ">" within an attribute's quotes does not end the tag.
  char quote = 0;
  std::size_t end = at_ + 1;
  for (; end < text_.size(); ++end) {
    const char c = text_[end];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '>') {
      break;
    }
  }
  if (end >= text_.size()) return broken();
  std::string_view inner = text_.substr(at_ + 1, end - at_ - 1);
  at_ = end + 1;
  if (inner.starts_with('/')) {
    return Piece{.kind = Kind::end, .name = local(trim(inner.substr(1)))};
  }
  const bool is_empty = inner.ends_with('/');
  if (is_empty) inner.remove_suffix(1);
  const std::size_t name_end = std::min(inner.find_first_of(" \t\r\n"), inner.size());
  Piece piece{.kind = Kind::start, .name = local(inner.substr(0, name_end))};
  if (piece.name.empty()) return broken();
  TRY(read_attributes(inner.substr(name_end), piece));
  if (is_empty) pending_end_ = piece.name;
  return piece;
}

Status XmlReader::read_attributes(std::string_view inner, Piece& piece) const {
  for (std::string_view rest = trim(inner); !rest.empty(); rest = trim(rest)) {
    const std::size_t equals = rest.find('=');
    if (equals == std::string_view::npos) return broken();
    const std::string name = local(trim(rest.substr(0, equals)));
    rest = trim(rest.substr(equals + 1));
    if (rest.empty() || (rest[0] != '"' && rest[0] != '\'')) return broken();
    const std::size_t end = rest.find(rest[0], 1);
    if (end == std::string_view::npos) return broken();
    piece.attributes[name] = TRY(plain(rest.substr(1, end - 1)));
    rest.remove_prefix(end + 1);
  }
  return {};
}

}  // namespace hustings::forms
