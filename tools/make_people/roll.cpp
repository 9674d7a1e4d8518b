#include "make_people/roll.h"

#include <array>

namespace hustings::people {

// The fields of one row, one after another.
class RollFields {
 public:
  RollFields(TextBuffer& out, std::string_view separator, bool padded)
      : out_(out), separator_(separator), padded_(padded) {}

  void put(std::string_view text) {
    out_.append(text);
    out_.append(separator_);
  }
  void put(char text) {
    out_.push(text);
    out_.append(separator_);
  }
  void put_number(std::uint64_t number) {
    out_.number(number);
    out_.append(separator_);
  }
  // A CHAR column of the state's database: its blanks reach the file in some rows.
  void put_char(std::string_view text, std::size_t width) {
    out_.append(text);
    if (padded_ && !text.empty() && text.size() < width) {
      out_.blanks(width - text.size());
      ++padded_fields_;
    }
    out_.append(separator_);
  }
  void empty(int count) {
    for (int i = 0; i < count; ++i)
      out_.append(separator_);
  }

  TextBuffer& out() { return out_; }
  bool padded() const { return padded_; }
  std::uint64_t padded_fields() const { return padded_fields_; }

 private:
  TextBuffer& out_;
  std::string_view separator_;
  bool padded_;
  std::uint64_t padded_fields_ = 0;
};

namespace {

struct Letters {
  bool apostrophe = false, hyphen = false, digit = false, lower = false, quote = false,
       bracket = false, high = false;
};

Letters letters_of(std::string_view name) {
  Letters seen;
  for (char c : name) {
    if (c >= 'A' && c <= 'Z') continue;
    seen.apostrophe |= c == '\'';
    seen.hyphen |= c == '-';
    seen.digit |= c >= '0' && c <= '9';
    seen.lower |= c >= 'a' && c <= 'z';
    seen.quote |= c == '"';
    seen.bracket |= c == '(';
    seen.high |= static_cast<unsigned char>(c) > 127;
  }
  return seen;
}

bool is_honorific(std::string_view suffix) {
  constexpr std::array<std::string_view, 6> kKin = {"", "JR", "SR", "II", "III", "IV"};
  for (std::string_view kin : kKin) {
    if (suffix == kin) return false;
  }
  return true;
}

void put_date(int year, int month, int day, TextBuffer& out) {
  const auto digits = [&](int value, std::size_t width) {
    out.digits(static_cast<std::uint64_t>(value), width);
  };
  digits(month, 2);
  out.push('/');
  digits(day, 2);
  out.push('/');
  digits(year, 4);
}

std::string_view yes_no(bool yes) { return yes ? "Y" : "N"; }

}  // namespace

RowIds::RowIds(const County& county, std::uint64_t serial) {
  // Real numbers have gaps; three are kept for each serial.
  const std::uint64_t number = 1000 + 3 * serial + mix(serial) % 3;
  ncid.append(county.ncid_prefix);
  ncid.number(number);
  ShortText<12> digits;
  digits.number(9'000'000 + 2 * serial + mix(serial) % 2);
  for (std::size_t i = digits.size(); i < 12; ++i)
    registration.push('0');
  registration.append(digits.view());
}

void RollWriter::write(const County& county, const Household& home, const Person& person,
                       const RowIds& ids, TextBuffer& out, QuirkCounts& counts) const {
  out.append(format_.row_begin);
  RollFields fields(out, format_.separator, person.padded);
  fields.put(county.id);
  fields.put(county.facts->name);
  fields.put(ids.registration.view());
  fields.put(ids.ncid.view());
  names(person, fields, counts);
  fields.put_char(person.status->status_code, 2);
  fields.put(person.status->status_name);
  fields.put(person.status->code);
  fields.put(person.status->name);
  addresses(home, person, fields, counts);
  registration(person, fields, counts);
  const bool no_precinct =
      person.status->status == Status::removed || person.status->status == Status::denied;
  const Tail& tail = no_precinct     ? places_.tail_without_precinct()
                     : person.padded ? home.precinct->padded_tail
                                     : home.precinct->tail;
  out.append(tail.text);
  out.append(format_.row_end);
  counts[Quirk::padded_field] += fields.padded_fields() + tail.padded_fields;
}

void RollWriter::names(const Person& person, RollFields& fields, QuirkCounts& counts) const {
  fields.put(person.last.view());
  fields.put(person.first.view());
  fields.put(person.middle.view());
  fields.put_char(person.suffix, 3);

  const Letters last = letters_of(person.last.view());
  const Letters first = letters_of(person.first.view());
  const Letters middle = letters_of(person.middle.view());
  counts[Quirk::apostrophe_in_last_name] += last.apostrophe;
  counts[Quirk::hyphen_in_last_name] += last.hyphen;
  counts[Quirk::digit_in_name] += last.digit;
  counts[Quirk::lower_case_particle] += last.lower;
  counts[Quirk::non_ascii] += last.high || first.high || middle.high;
  counts[Quirk::nickname_quoted] += first.quote;
  counts[Quirk::nickname_bracketed] += first.bracket;
  counts[Quirk::apostrophe_for_accent] += first.apostrophe;
  counts[Quirk::missing_first_name] += person.first.empty();
  counts[Quirk::no_middle_name_mark] += person.middle.view() == "NMN";
  counts[Quirk::honorific_suffix] += is_honorific(person.suffix);
  const std::string_view name = person.last.view();
  counts[Quirk::suffix_in_last_name] += name.ends_with(" JR") || name.ends_with(" SR");
}

void RollWriter::addresses(const Household& home, const Person& person, RollFields& fields,
                           QuirkCounts& counts) const {
  const bool removed = person.status->status == Status::removed;
  if (removed || person.confidential) {
    // Half of the confidential say so in words; the number of the person decides which.
    fields.put(removed ? "REMOVED" : person.number % 2 == 0 ? "CONFIDENTIAL" : "");
    fields.empty(10);
    counts[Quirk::removed_address] += removed;
  } else {
    // The state's own column joins parts, of which the last ones are mostly missing.
    fields.put_char(home.residence.view(), home.residence.size() + 3);
    fields.put(home.precinct->town);
    fields.put("NC");
    if (home.zip4 != 0) {
      fields.out().append(home.zip);
      fields.put_number(home.zip4);
    } else {
      fields.put_char(home.zip, 9);
    }
    fields.put(home.mailing.view());
    fields.empty(3);
    fields.put(home.precinct->town);
    fields.put("NC");
    fields.put_char(home.zip, 9);
    counts[Quirk::double_blank] += home.double_blank;
    counts[Quirk::hash_street_type] += home.hash_type;
    counts[Quirk::zip_nine_digits] += home.zip4 != 0;
  }

  ShortText<10> phone;
  if (person.phone_kind != PhoneKind::none && !person.confidential) {
    const bool seven = person.phone_kind == PhoneKind::seven_digits;
    const std::uint64_t digits = seven ? person.phone % 10'000'000 : person.phone;
    ShortText<10> number;
    number.number(digits);
    for (std::size_t i = number.size(); i < (seven ? 7 : 10); ++i)
      phone.push('0');
    phone.append(number.view());
    counts[Quirk::phone_seven_digits] += seven;
    counts[Quirk::phone_placeholder] += person.phone_kind == PhoneKind::placeholder;
  }
  fields.put_char(phone.view(), 12);
  fields.put(yes_no(person.confidential));
  counts[Quirk::confidential] += person.confidential;
}

void RollWriter::registration(const Person& person, RollFields& fields, QuirkCounts& counts) const {
  TextBuffer& out = fields.out();
  switch (person.date_kind) {
    case DateKind::actual:
      put_date(person.registered.year, person.registered.month, person.registered.day, out);
      break;
    case DateKind::first_1900:
      out.append("01/01/1900");
      ++counts[Quirk::date_1900];
      break;
    case DateKind::hashes:
      out.append("##/##/####");
      ++counts[Quirk::date_hashes];
      break;
    case DateKind::crosses:
      out.append("XX-XX-XXXX");
      ++counts[Quirk::date_crosses];
      break;
    case DateKind::july_1812:
      out.append("07/01/1812");
      ++counts[Quirk::date_1812];
      break;
    case DateKind::future:
      // A slip of the keyboard: 2082 for 2028, 3016 for 2016.
      put_date(person.registered.year + 1000, person.registered.month, person.registered.day, out);
      ++counts[Quirk::date_future];
      break;
  }
  fields.empty(1);
  fields.put_char(person.race, 3);
  fields.put_char(person.ethnicity, 3);
  fields.put(person.party);
  fields.put(person.gender);
  fields.put_number(static_cast<std::uint64_t>(person.birth_year));
  fields.put_number(static_cast<std::uint64_t>(person.age()));
  fields.put(person.birth_state);
  fields.put(yes_no(person.license));
  if (format_.layout == Layout::nc_2026_02) {
    fields.put(yes_no(person.ssn));
    fields.put(yes_no(person.neither));
    fields.put(yes_no(person.must_identify));
  }
}

}  // namespace hustings::people
