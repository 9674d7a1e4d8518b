#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/error.h"

namespace hustings::forms {

/// Reads the XML of spreadsheets piece by piece: elements, attributes, text, the five entities and
/// numbered ones. Namespaces' prefixes are dropped. A document type is refused, so that no entity
/// can grow; nothing nests on the stack.
class XmlReader {
 public:
  explicit XmlReader(std::string_view text) : text_(text) {}

  enum class Kind : std::uint8_t { start, end, text, done };
  struct Piece {
    Kind kind = Kind::done;
    std::string name;  ///< of an element, without its prefix
    std::string text;
    std::map<std::string, std::string> attributes;
  };
  /// invalid: this is no XML that spreadsheets write.
  Result<Piece> next();

 private:
  Result<Piece> tag();
  Status read_attributes(std::string_view inner, Piece& piece) const;

  std::string_view text_;
  std::size_t at_ = 0;
  std::string pending_end_;  ///< of <a/>
};

}  // namespace hustings::forms
