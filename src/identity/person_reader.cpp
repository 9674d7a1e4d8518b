#include "identity/person_reader.h"

#include <fmt/format.h>

#include "normalise/email.h"
#include "normalise/fold.h"

namespace hustings::identity {
namespace {

linkage::Generation generation_of(normalise::Generation read) {
  using Read = normalise::Generation;
  using linkage::Generation;
  switch (read) {
    case Read::jr:
      return Generation::junior;
    case Read::sr:
    case Read::first:
      return Generation::senior;
    case Read::second:
      return Generation::second;
    case Read::third:
      return Generation::third;
    case Read::fourth:
      return Generation::fourth;
    case Read::fifth:
    case Read::sixth:
      return Generation::fifth;
    case Read::none:
      break;
  }
  return Generation::none;
}

linkage::Sex sex_of(std::string_view text) {
  if (text == "F" || text == "f") return linkage::Sex::female;
  if (text == "M" || text == "m") return linkage::Sex::male;
  if (text == "X" || text == "x") return linkage::Sex::other;
  return linkage::Sex::unknown;
}

}  // namespace

linkage::Person PersonReader::read(const PersonFields& fields) {
  linkage::Person person;
  normalise::name_form_to({.first = fields.first,
                           .middle = fields.middle,
                           .last = fields.last,
                           .suffix = fields.suffix},
                          name_);
  person.first = name_.first;
  person.middle = name_.middle;
  // Words apart, so that SMITH-JONES and SMITH share a part.
  person.last = name_.last_words;
  person.generation = generation_of(name_.generation);
  person.sex = sex_of(fields.gender);
  person.birth = fields.birth;
  read_address(fields, person);
  person.phone = fields.phone;
  if (!fields.email.empty() &&
      normalise::normalise_email_to(fields.email, email_) == normalise::EmailFault::none) {
    person.email = email_;
  }
  return person;
}

void PersonReader::read_address(const PersonFields& fields, linkage::Person& person) {
  if (!fields.street.empty()) {
    normalise::parse_address_to(fields.street, "", address_);
    street_.clear();
    for (const std::string* part : {&address_.pre_directional, &address_.street,
                                    &address_.street_type, &address_.post_directional}) {
      if (part->empty()) continue;
      if (!street_.empty()) street_ += ' ';
      street_ += *part;
    }
    if (street_.empty() && !address_.box.empty()) {
      street_ = "PO BOX";
      if (!address_.route.empty()) street_ += ' ' + address_.route;
    }
    person.house = address_.house.empty() ? address_.box : address_.house;
    person.street = street_;
    person.unit = address_.unit;
  }
  if (normalise::Zip zip; !fields.zip.empty() && normalise::parse_zip_to(fields.zip, zip)) {
    zip_.clear();
    fmt::format_to(std::back_inserter(zip_), "{:05}", zip.five);
    person.zip = zip_;
  }
  if (!fields.city.empty() && !normalise::is_placeholder_name(fields.city)) {
    normalise::fold_to(fields.city, city_);
    person.city = city_;
  }
}

}  // namespace hustings::identity
