#include "identity/person_reader.h"

#include <fmt/format.h>

#include "linkage/person_parts.h"
#include "normalise/email.h"
#include "normalise/fold.h"

namespace hustings::identity {

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
  person.generation = linkage::generation_of(name_.generation);
  person.sex = linkage::sex_of(fields.gender);
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
    linkage::street_to(address_, street_);
    person.house = linkage::house_of(address_);
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
