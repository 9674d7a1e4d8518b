#include "normalise/address.h"

#include <algorithm>
#include <array>

#include "normalise/detail/address_tokens.h"
#include "normalise/detail/street_name.h"

namespace hustings::normalise {
namespace {

using detail::AddressTokens;
using detail::has_digit;
using detail::is_number;
using detail::is_one_letter;

/// Words that stand where there is no address to be compared.
constexpr std::array<std::string_view, 9> kNoAddress = {"ADDRESS", "CONFIDENTIAL", "HOMELESS",
                                                        "NONE",    "PROTECTED",    "REDACTED",
                                                        "REMOVED", "UNKNOWN",      "WITHHELD"};

void clear(Address& address) {
  address.kind = AddressKind::none;
  for (std::string* part :
       {&address.house, &address.pre_directional, &address.street, &address.street_type,
        &address.post_directional, &address.building, &address.floor, &address.unit_type,
        &address.unit, &address.route, &address.box}) {
    part->clear();
  }
}

/// "00123" is 123, "1-2" is 12 in a unit: the text without leading zeros, or without hyphens.
void assign_number(std::string_view text, std::string& out) {
  const std::size_t zeros = std::min(text.find_first_not_of('0'), text.size());
  out = text.substr(zeros);
}
void assign_unit(std::string_view text, std::string& out) {
  out.clear();
  for (const char c : text) {
    if (c != '-' && (c != '0' || !out.empty())) out += c;
  }
  if (out.empty() && !text.empty()) out = "0";
}

class Reader {
 public:
  Reader(AddressTokens& tokens, Address& out) : tokens_(tokens), out_(out) {}

  void read() {
    if (is_no_address()) return;
    if (read_box() || read_route() || read_military()) return;
    read_house();
    read_units();
    detail::read_street(tokens_, start_, out_);
    out_.kind = out_.street.empty() && out_.house.empty() && out_.unit.empty()
                    ? AddressKind::none
                    : AddressKind::street;
  }

 private:
  bool is_no_address() const {
    if (tokens_.size() == 0) return true;
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      const bool is_word = std::ranges::find(kNoAddress, tokens_.text(i)) != kNoAddress.end();
      if (!is_word && tokens_.text(i) != "#") return false;
    }
    return true;
  }

  /// The place behind "PO BOX", "P O BOX", "POST OFFICE BOX", "POB", "BOX", "PO DRAWER" at `i`; 0
  /// where there is none.
  std::size_t behind_box_words(std::size_t i) const {
    if (tokens_.is(i, "POB") || tokens_.is(i, "POBOX")) return i + 1;
    std::size_t at = 0;
    if (tokens_.is(i, "PO")) at = i + 1;
    if (tokens_.is(i, "P") && tokens_.is(i + 1, "O")) at = i + 2;
    if (tokens_.is(i, "POST") && tokens_.is(i + 1, "OFFICE")) at = i + 2;
    if (at == 0 && i == 0)
      at = i;  // "BOX 12" alone
    else if (at == 0)
      return 0;
    for (const std::string_view word : {"BOX", "BX", "DRAWER", "CALLER"}) {
      if (tokens_.is(at, word)) return at + 1;
    }
    return 0;
  }

  bool read_box() {
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      std::size_t behind = behind_box_words(i);
      if (behind == 0) continue;
      if (tokens_.is(behind, "#") || tokens_.is(behind, "NO")) ++behind;
      if (behind >= tokens_.size()) return false;
      if (i > 1) {  // a street, then a box for its mail: the street is where one lives
        tokens_.remove(i, std::min(behind + 1, tokens_.size()));
        return false;
      }
      out_.kind = AddressKind::po_box;
      assign_unit(tokens_.text(behind), out_.box);
      return true;
    }
    return false;
  }

  /// The kind and the place behind "RR", "RURAL ROUTE", "HC", "STAR ROUTE" …; 0: there is none.
  std::size_t behind_route_words(AddressKind& kind) const {
    kind = AddressKind::rural_route;
    if (tokens_.is(0, "RR") || tokens_.is(0, "RFD")) return 1;
    if (tokens_.is(0, "R") && (tokens_.is(1, "R") || tokens_.is(1, "D"))) return 2;
    if (tokens_.is(0, "RURAL")) return is_route(1) ? 2 : 1;
    if (is_route(0) || tokens_.is(0, "RD")) return 1;
    kind = AddressKind::highway_contract;
    if (tokens_.is(0, "HC") || tokens_.is(0, "HCR")) return is_route(1) ? 2 : 1;
    if (tokens_.is(0, "HIGHWAY") && tokens_.is(1, "CONTRACT")) return is_route(2) ? 3 : 2;
    if (tokens_.is(0, "STAR") && is_route(1)) return 2;
    return 0;
  }
  bool is_route(std::size_t i) const {
    return tokens_.is(i, "ROUTE") || tokens_.is(i, "RTE") || tokens_.is(i, "RT");
  }

  bool read_route() {
    AddressKind kind = AddressKind::none;
    std::size_t at = behind_route_words(kind);
    if (at == 0) return false;
    if (tokens_.is(at, "#") || tokens_.is(at, "NO")) ++at;
    if (!has_digit(tokens_.text(at))) return false;
    std::size_t box = at + 1;
    const bool has_box = tokens_.is(box, "BOX") || tokens_.is(box, "BX");
    // "ROUTE 9" may be a highway; with a box it is a carrier's route.
    const bool is_sure = tokens_.is(0, "RR") || tokens_.is(0, "RFD") || tokens_.is(0, "RURAL") ||
                         kind == AddressKind::highway_contract || tokens_.is(0, "R");
    if (!has_box && (!is_sure || box < tokens_.size())) return false;
    out_.kind = kind;
    assign_number(tokens_.text(at), out_.route);
    ++box;
    if (tokens_.is(box, "#")) ++box;
    if (has_box) assign_unit(tokens_.text(box), out_.box);
    if (has_box && is_one_letter(tokens_.text(box + 1))) out_.box += tokens_.text(box + 1);
    return true;
  }

  bool read_military() {
    if ((tokens_.is(0, "GENERAL") && tokens_.is(1, "DELIVERY")) ||
        (tokens_.is(0, "GEN") && (tokens_.is(1, "DELIVERY") || tokens_.is(1, "DEL")))) {
      out_.kind = AddressKind::general_delivery;
      return true;
    }
    const bool is_one = tokens_.is(0, "PSC") || tokens_.is(0, "CMR") || tokens_.is(0, "UNIT");
    if (!is_one || !is_number(tokens_.text(1))) return false;
    const bool has_box = tokens_.is(2, "BOX");
    if (!has_box && (tokens_.is(0, "UNIT") || tokens_.size() > 2)) return false;
    out_.kind = AddressKind::military;
    out_.unit_type = tokens_.text(0);
    assign_number(tokens_.text(1), out_.route);
    if (has_box) assign_unit(tokens_.text(3), out_.box);
    return true;
  }

  /// 52ND is a street, 52 a house; N6W23001 is a house of a grid.
  static bool is_house(std::string_view text) {
    if (text.empty() || detail::is_ordinal(text)) return false;
    if (text[0] >= '0' && text[0] <= '9') return true;
    constexpr std::string_view kWays = "NSEW";
    if (kWays.find(text[0]) == std::string_view::npos || !has_digit(text)) return false;
    return text.size() > 2 && text[1] >= '0' && text[1] <= '9' &&
           text.find_first_not_of("NSEW0123456789") == std::string_view::npos;
  }

  void read_house() {
    while (tokens_.is(start_, "#"))
      ++start_;  // an artefact of North Carolina's files
    const std::string_view number = tokens_.text(start_);
    if (!is_house(number) || tokens_.size() == start_ + 1) return;
    ++start_;
    std::string& house = out_.house;
    assign_number(number, house);
    std::ranges::replace(house, '/', '-');
    // "123-A" and "123 A" are 123A; "100-102" and "12-34" keep their hyphen.
    const std::size_t hyphen = house.find('-');
    if (hyphen != std::string::npos && hyphen + 2 == house.size() && house.back() >= 'A') {
      house.erase(hyphen, 1);
    }
    const std::string_view next = tokens_.text(start_);
    if (next.find('/') != std::string_view::npos) {
      if (!house.empty()) house += ' ';
      house += next;
      ++start_;
    } else if (is_one_letter(next) && is_number(house) && is_house_letter()) {
      house += next;
      ++start_;
    }
  }

  /// "123 A MAIN ST", but not "123 A ST", "123 N MAIN ST", "123 A".
  bool is_house_letter() const {
    const std::size_t left = tokens_.size() - start_;
    if (tokens_[start_].is_directional() || left < 3) return false;
    if (tokens_.is(start_, "U") && tokens_.is(start_ + 1, "S")) return false;
    return !(tokens_[start_ + 1].is_type() && left == 2);
  }

  static bool may_stand_alone(std::string_view unit) {
    for (const std::string_view one :
         {"BSMT", "FRNT", "LBBY", "LOWR", "OFC", "PH", "REAR", "SIDE", "UPPR"}) {
      if (unit == one) return true;
    }
    return false;
  }
  /// Names of streets as often as units: only with a number at the end.
  static bool is_doubtful(std::string_view unit) {
    for (const std::string_view one : {"KEY", "LOT", "PIER", "SIDE", "SLIP", "SPC", "STOP", "FRNT",
                                       "LOWR", "UPPR", "REAR", "HNGR"}) {
      if (unit == one) return true;
    }
    return false;
  }

  bool is_id(std::size_t i) const {
    const std::string_view text = tokens_.text(i);
    if (text.empty() || text == "#" || text.find('/') != std::string_view::npos) return false;
    if (has_digit(text)) return !detail::is_ordinal(text);
    return text.size() <= 2 && !tokens_[i].is_type();
  }

  /// The id of a unit at `i`, perhaps of two words ("4 B", "B 4"), into `out`; the place behind it.
  std::size_t take_id(std::size_t i, std::string& out) const {
    assign_unit(tokens_.text(i), out);
    const std::string_view next = tokens_.text(i + 1);
    const bool letter_behind = is_one_letter(next) && is_number(out);
    const bool number_behind = is_number(next) && is_one_letter(out);
    if (!letter_behind && !number_behind) return i + 1;
    if (i + 2 < tokens_.size() && !starts_unit(i + 2)) return i + 1;
    out += next;
    return i + 2;
  }

  bool starts_unit(std::size_t i) const { return tokens_[i].is_unit() || tokens_.is(i, "#"); }

  void read_units() {
    for (std::size_t i = start_; i < tokens_.size();) {
      const std::size_t end = unit_at(i);
      if (end == i) {
        ++i;
      } else {
        tokens_.remove(i, end);
      }
    }
    if (out_.unit.empty() && out_.unit_type.empty()) read_bare_unit();
  }

  /// Reads the unit that begins at `i`; the place behind it, or `i` where none begins.
  std::size_t unit_at(std::size_t i) {
    if (tokens_.is(i, "#")) return hash_at(i);
    if (tokens_.is(i + 1, "FLOOR") || (tokens_.is(i + 1, "FL") && i > start_)) {
      if (const int floor = detail::ordinal_of(tokens_[i]); floor > 0 && i > start_) {
        out_.floor = std::to_string(floor);
        return i + 2;
      }
    }
    if (!tokens_[i].is_unit() || i == start_) return i;
    const std::string_view kind = tokens_[i].word->unit;
    std::size_t id = i + 1;
    while (tokens_.is(id, "#"))
      ++id;
    const bool has_id = is_id(id) && (!is_doubtful(kind) || has_digit(tokens_.text(id)));
    if (has_id) return keep(kind, id);
    if (may_stand_alone(kind) && (id >= tokens_.size() || starts_unit(id))) {
      if (out_.unit.empty()) out_.unit_type = kind;
      return id;
    }
    // "MAIN ST APT", "MAIN ST APT REAR": the number is missing.
    const bool is_last = id >= tokens_.size() || starts_unit(id);
    const bool is_dangling = is_last && i > start_ + 1 && !is_doubtful(kind);
    if (is_dangling && kind != "FL") return id;
    return i;
  }

  std::size_t keep(std::string_view kind, std::size_t id) {
    std::string ignored;
    std::string* where = out_.unit.empty() ? &out_.unit : &ignored;
    if (kind == "BLDG") where = &out_.building;
    if (kind == "FL") where = &out_.floor;
    if (where == &out_.unit) out_.unit_type = kind;
    return take_id(id, *where);
  }

  /// "# 4B" is a unit; "# APT 4" and "#RD" are artefacts, the sign alone goes.
  std::size_t hash_at(std::size_t i) {
    if (i == start_ || !is_id(i + 1)) return i + 1;
    if (tokens_[i + 1].is_directional() && i + 2 < tokens_.size()) return i + 1;
    return keep("#", i + 1);
  }

  /// "123 MAIN ST 4B": behind a street type, at the end, with a digit or as one letter.
  void read_bare_unit() {
    const std::size_t last = tokens_.size() - 1;
    if (out_.house.empty() || tokens_.size() < start_ + 3) return;
    const std::string_view text = tokens_.text(last);
    const bool is_letter = is_one_letter(text) && !tokens_[last].is_directional();
    if (!is_letter && (!has_digit(text) || detail::is_ordinal(text))) return;
    std::size_t type = last - 1;
    if (tokens_[type].is_directional() && type > start_ + 1) --type;
    if (!tokens_[type].is_type() || type == start_) return;
    if (detail::is_highway(tokens_, start_, tokens_.size())) return;
    out_.unit_type = "#";
    assign_unit(text, out_.unit);
    tokens_.remove(last, last + 1);
  }

  AddressTokens& tokens_;
  Address& out_;
  std::size_t start_ = 0;
};

}  // namespace

void parse_address_to(std::string_view line, std::string_view second, Address& out) {
  clear(out);
  thread_local AddressTokens tokens;
  tokens.read(line, second);
  Reader(tokens, out).read();
}

Address parse_address(std::string_view line, std::string_view second) {
  Address address;
  parse_address_to(line, second, address);
  return address;
}

Address parse_address(const AddressColumns& columns) {
  std::string line;
  for (const std::string_view part :
       {columns.house, columns.house_half, columns.pre_directional, columns.street,
        columns.street_type, columns.post_directional}) {
    if (!part.empty()) (line += part) += ' ';
  }
  std::string unit(columns.unit_type);
  if (unit.empty() && !columns.unit.empty()) unit = "#";
  (unit += ' ') += columns.unit;
  return parse_address(line, unit);
}

}  // namespace hustings::normalise
