#pragma once

#include <cmath>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "base/text.h"

namespace hustings::cli {

/// Writes one JSON value from front to back; numbers with all their digits, NaN and infinity as
/// null.
class JsonText {
 public:
  JsonText& open(char bracket) {
    comma();
    text_ += bracket;
    fresh_ = true;
    return *this;
  }
  JsonText& close(char bracket) {
    text_ += bracket;
    fresh_ = false;
    return *this;
  }
  JsonText& key(std::string_view name) {
    comma();
    append_json_string(text_, name);
    text_ += ':';
    fresh_ = true;
    return *this;
  }
  JsonText& number(double value) {
    comma();
    text_ += std::isfinite(value) ? fmt::format("{}", value) : "null";
    return *this;
  }
  JsonText& text(std::string_view value) {
    comma();
    append_json_string(text_, value);
    return *this;
  }
  JsonText& truth(bool value) {
    comma();
    text_ += value ? "true" : "false";
    return *this;
  }
  JsonText& field(std::string_view name, double value) { return key(name).number(value); }
  JsonText& field(std::string_view name, std::string_view value) { return key(name).text(value); }
  const std::string& str() const { return text_; }

 private:
  void comma() {
    if (!fresh_) text_ += ',';
    fresh_ = false;
  }
  std::string text_;
  bool fresh_ = true;
};

}  // namespace hustings::cli
