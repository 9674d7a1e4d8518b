#include "normalise/detail/street_name.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "normalise/district.h"

namespace hustings::normalise::detail {
namespace {

constexpr std::array<std::string_view, 51> kStates = {
    "AK", "AL", "AR", "AZ", "CA", "CO", "CT", "DC", "DE", "FL", "GA", "HI", "IA",
    "ID", "IL", "IN", "KS", "KY", "LA", "MA", "MD", "ME", "MI", "MN", "MO", "MS",
    "MT", "NC", "ND", "NE", "NH", "NJ", "NM", "NV", "NY", "OH", "OK", "OR", "PA",
    "RI", "SC", "SD", "TN", "TX", "UT", "VA", "VT", "WA", "WI", "WV", "WY"};
static_assert(std::ranges::is_sorted(kStates));

bool is_state(std::string_view text) {
  return text.size() == 2 && std::ranges::binary_search(kStates, text);
}

std::string_view type_of(const AddressTokens& tokens, std::size_t i) {
  return i < tokens.size() && tokens[i].is_type() ? tokens[i].word->street_type : "";
}

/// HWY, RTE, RD (of "COUNTY ROAD").
bool is_road_word(const AddressTokens& tokens, std::size_t i) {
  const std::string_view type = type_of(tokens, i);
  return type == "HWY" || type == "RTE" || type == "RD" || tokens.is(i, "RT");
}

/// "64", "64A", "A1A": what a highway is numbered by.
bool is_highway_number(std::string_view text) {
  return !text.empty() && text.size() <= 6 && has_digit(text) && !is_ordinal(text) &&
         text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") == std::string_view::npos;
}

/// A numbered highway: who keeps it, and the places of its number and of what follows.
struct Highway {
  std::string_view name;   ///< "US HWY", "STATE HWY", "COUNTY RD", "INTERSTATE", "FM", "HWY"
  std::size_t number = 0;  ///< place of the number; 0: it is no highway
};

/// The words before the number, as one of the names above; `behind` is the place behind them.
std::string_view keeper_at(const AddressTokens& tokens, std::size_t from, std::size_t& behind) {
  const auto is = [&](std::size_t i, std::string_view what) { return tokens.is(from + i, what); };
  const auto then = [&](std::size_t count, std::string_view name) {
    behind = from + count;
    if (is_road_word(tokens, behind)) ++behind;
    return name;
  };
  if (is(0, "US") || is(0, "USHWY")) return then(1, "US HWY");
  if (is(0, "U") && is(1, "S")) return then(2, "US HWY");
  if (is(0, "INTERSTATE") || is(0, "I") || is(0, "IH")) return then(1, "INTERSTATE");
  if (is(0, "SR") || is(0, "SH") || is(0, "STATE")) return then(1, "STATE HWY");
  if (is(0, "CR") || is(0, "COUNTY") || is(0, "CH")) return then(1, "COUNTY RD");
  if (is(0, "CO") && is_road_word(tokens, from + 1)) return then(1, "COUNTY RD");
  if (is(0, "FM")) return then(1, "FM");
  if (is(0, "FARM") && is(1, "TO") && is(2, "MARKET")) return then(3, "FM");
  if (is_state(tokens.text(from))) return then(1, "STATE HWY");
  if (is_road_word(tokens, from + 1) && !state_code(tokens.text(from)).empty()) {
    return then(1, "STATE HWY");
  }
  const std::string_view type = type_of(tokens, from);
  if (type == "HWY" || type == "RTE" || is(0, "RT")) {
    behind = from + 1;
    return "HWY";
  }
  return "";
}

Highway highway_at(const AddressTokens& tokens, std::size_t from, std::size_t to) {
  std::size_t behind = from;
  const std::string_view name = keeper_at(tokens, from, behind);
  if (name.empty() || behind >= to || !is_highway_number(tokens.text(behind))) return {};
  return {name, behind};
}

int ending_free(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && value > 0 && end != text.data() ? value : 0;
}

std::string_view ending_of(int number) {
  const int tens = number / 10 % 10;
  if (tens == 1) return "TH";
  switch (number % 10) {
    case 1:
      return "ST";
    case 2:
      return "ND";
    case 3:
      return "RD";
    default:
      return "TH";
  }
}

class StreetReader {
 public:
  StreetReader(AddressTokens& tokens, std::size_t from, Address& out)
      : tokens_(tokens), from_(from), to_(tokens.size()), out_(out) {}

  void read() {
    if (from_ >= to_) return;
    read_pre_directional();
    if (read_highway()) return;
    read_post_directional();
    read_type();
    write_name();
  }

 private:
  /// Whether the words [i, to) hold a street when a directional ends before `i`: a single type does
  /// not ("N ST" and "N ST NW" are the street N).
  bool leaves_street(std::size_t i) const {
    if (i >= to_ || !tokens_[i].is_type()) return i < to_;
    for (std::size_t behind = i + 1; behind < to_; ++behind) {
      if (way(behind).empty()) return true;
    }
    return false;
  }
  std::string_view way(std::size_t i) const {
    return i < to_ && tokens_[i].is_directional() ? tokens_[i].word->directional : "";
  }
  static bool is_pair(std::string_view one, std::string_view two) {
    return (one == "N" || one == "S") && (two == "E" || two == "W");
  }

  void read_pre_directional() {
    const std::string_view first = way(from_);
    if (first.empty() || !leaves_street(from_ + 1)) return;
    if (is_pair(first, way(from_ + 1)) && leaves_street(from_ + 2)) {
      (out_.pre_directional = first) += way(from_ + 1);
      from_ += 2;
    } else {
      out_.pre_directional = first;
      ++from_;
    }
  }

  bool read_highway() {
    const bool is_old = tokens_.is(from_, "OLD") && from_ + 1 < to_;
    const Highway highway = highway_at(tokens_, is_old ? from_ + 1 : from_, to_);
    if (highway.number == 0) return false;
    out_.street = is_old ? "OLD " : "";
    (out_.street += highway.name) += ' ';
    out_.street += tokens_.text(highway.number);
    std::size_t next = highway.number + 1;
    // "US 64 HWY", "NC 55 HWY W": the word may stand behind the number.
    if (is_road_word(tokens_, next) && next < to_) ++next;
    for (; next < to_; ++next) {
      if (next + 1 == to_ && !way(next).empty()) {
        out_.post_directional = way(next);
      } else {
        append_word(next, next + 1 == to_);
      }
    }
    return true;
  }

  void read_post_directional() {
    const std::string_view last = way(to_ - 1);
    if (last.empty() || to_ - from_ < 2) return;
    // "AVENUE N" is the street N; "N N ST" cannot come here.
    if (to_ - from_ == 2 && tokens_[from_].is_type()) return;
    out_.post_directional = last;
    --to_;
    if (to_ - from_ >= 3 && is_pair(way(to_ - 1), last)) {
      out_.post_directional = way(to_ - 1);
      out_.post_directional += last;
      --to_;
    }
  }

  void read_type() {
    if (to_ - from_ < 2 || !tokens_[to_ - 1].is_type()) return;
    out_.street_type = tokens_[to_ - 1].word->street_type;
    --to_;
  }

  void write_name() {
    const bool is_alone = to_ - from_ == 1;
    if (is_alone && write_number_street()) return;
    if (write_king()) return;
    for (std::size_t i = from_; i < to_; ++i)
      i += append_ordinal(i) ? skipped_ : append_word(i, is_alone);
  }

  /// The name that more streets bear than have one writing of it: "DR MARTIN LUTHER KING JR", "M L
  /// KING", "MLK JR".
  bool write_king() {
    std::size_t i = from_;
    if (tokens_.is(i, "DR") || tokens_.is(i, "REV")) ++i;
    const auto is = [&](std::size_t at, std::string_view what) {
      return at < to_ && tokens_.is(at, what);
    };
    if (is(i, "MLK")) {
      ++i;
    } else if (is(i, "MARTIN") && is(i + 1, "LUTHER") && is(i + 2, "KING")) {
      i += 3;
    } else if (is(i, "M") && is(i + 1, "L") && is(i + 2, "KING")) {
      i += 3;
    } else if (is(i, "ML") && is(i + 1, "KING")) {
      i += 2;
    } else {
      return false;
    }
    if (is(i, "JR") || is(i, "JUNIOR")) ++i;
    if (i != to_) return false;
    out_.street = "MARTIN LUTHER KING";
    return true;
  }

  /// "52" with a type is 52ND; "FIFTH" is 5TH, "52TH" is 52ND.
  bool write_number_street() {
    const AddressToken& token = tokens_[from_];
    const bool is_bare = is_number(token.text);
    if (is_bare &&
        (out_.street_type.empty() || out_.street_type == "HWY" || out_.street_type == "RTE")) {
      return false;
    }
    const int number = is_bare ? ending_free(token.text) : ordinal_of(token);
    if (number == 0) return false;
    out_.street = std::to_string(number);
    out_.street += ending_of(number);
    return true;
  }

  /// "FIFTY SECOND", "FIFTH", "52ND" inside a name; skipped_ is how many words more it took.
  bool append_ordinal(std::size_t i) {
    skipped_ = 0;
    int number = 0;
    const auto* word = tokens_[i].word;
    if (word != nullptr && word->tens > 0 && i + 1 < to_ && tokens_[i + 1].word != nullptr) {
      const int one = tokens_[i + 1].word->ordinal;
      if (one >= 1 && one <= 9) {
        number = word->tens + one;
        skipped_ = 1;
      }
    }
    if (number == 0 && !is_number(tokens_[i].text)) number = ordinal_of(tokens_[i]);
    if (number == 0) return false;
    if (!out_.street.empty()) out_.street += ' ';
    out_.street += std::to_string(number);
    out_.street += ending_of(number);
    return true;
  }

  /// Types and directionals inside a name as their abbreviations; alone, a directional stays a
  /// word: NORTH ST is not N ST.
  std::size_t append_word(std::size_t i, bool is_alone) {
    const AddressToken& token = tokens_[i];
    std::string_view text = token.text;
    if (text == "SAINT") text = "ST";
    if (token.is_type()) {
      text = token.word->street_type;
    } else if (token.is_directional() && !is_alone) {
      text = token.word->directional;
    }
    if (!out_.street.empty()) out_.street += ' ';
    out_.street += text;
    return 0;
  }

  AddressTokens& tokens_;
  std::size_t from_;
  std::size_t to_;
  Address& out_;
  std::size_t skipped_ = 0;
};

}  // namespace

bool is_ordinal(std::string_view text) {
  if (text.size() < 3 || !is_number(text.substr(0, text.size() - 2))) return false;
  const std::string_view end = text.substr(text.size() - 2);
  return end == "ST" || end == "ND" || end == "RD" || end == "TH";
}

int ordinal_of(const AddressToken& token) {
  if (token.word != nullptr && token.word->ordinal > 0) return token.word->ordinal;
  if (is_number(token.text)) return ending_free(token.text);
  return is_ordinal(token.text) ? ending_free(token.text) : 0;
}

bool is_highway(const AddressTokens& tokens, std::size_t from, std::size_t to) {
  if (from < to && tokens[from].is_directional()) ++from;
  if (tokens.is(from, "OLD")) ++from;
  return highway_at(tokens, from, to).number != 0;
}

void read_street(AddressTokens& tokens, std::size_t from, Address& out) {
  StreetReader(tokens, from, out).read();
}

}  // namespace hustings::normalise::detail
