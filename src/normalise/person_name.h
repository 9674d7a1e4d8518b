#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// Names of persons as they are compared. What is shown and kept is never changed by anything here:
/// only the matching form is. Pure functions; any thread may call them.
namespace hustings::normalise {

/// What tells father from son.
enum class Generation : std::uint8_t { none, jr, sr, first, second, third, fourth, fifth, sixth };

/// "JR", "Jr.", "Junior", "II", "2ND", "3rd" …; none for anything else ("MD", "").
Generation generation_of(std::string_view suffix);
/// "JR", "SR", "I", "II" … "VI"; empty for none.
std::string_view generation_text(Generation generation);
/// Whether one person may carry both: equal, one unknown, or JR beside II and SR beside I.
bool may_be_same(Generation one, Generation other);

/// A name in the columns of a file, as received.
struct NameColumns {
  std::string_view first;
  std::string_view middle;
  std::string_view last;
  std::string_view suffix;
};

/// A name as it is compared: capitals A to Z. Empty means that the file does not say it (blank,
/// NMN, -VOTER_DID_NOT_PROVIDE_FIRSTNAME …): compare nothing on it.
struct NameForm {
  std::string first;        ///< without blanks: MARY ANN, MARY-ANN, MARYANN are MARYANN
  std::string middle;       ///< without blanks; often one letter
  std::string last;         ///< without blanks, hyphens, apostrophes: O'NEAL, O NEAL are ONEAL
  std::string first_words;  ///< words with one blank between: "MARY ANN"
  std::string
      last_words;  ///< "SMITH JONES" for SMITH-JONES; particles joined: "DELACRUZ", "MCDONALD"
  std::string nickname;  ///< stood in quotes or brackets: WILLIAM "BILL", WILLIAM (BILL)
  Generation generation = Generation::none;

  friend bool operator==(const NameForm&, const NameForm&) = default;
};

/// The matching form of a name. Titles before and degrees behind a name are left out; a
/// generational suffix is found in the suffix column, at the end of the last name and at the end of
/// the first and middle name; 0 and 1 inside a name are read as O and I. `out` is replaced and its
/// capacity used again.
void name_form_to(const NameColumns& name, NameForm& out);
NameForm name_form(const NameColumns& name);

/// True for what stands where a name should be: "-VOTER_DID_NOT_PROVIDE_FIRSTNAME", "*", "NMN",
/// "UNKNOWN", "CONFIDENTIAL", "REMOVED", "FNU", "N/A", "---". Never match on these.
bool is_placeholder_name(std::string_view name);

/// Cuts a whole name into the columns: "Smith, John Q Jr", "John Q. Smith Jr.", "Dr. Maria de la
/// Cruz, MD", "SMITH JR, JOHN (JACK) Q". The parts are pieces of `text`, as written; titles and
/// degrees are in none of them. One word alone is a last name.
struct ParsedName {
  std::string_view first;
  std::string_view middle;
  std::string_view last;
  std::string_view suffix;
  std::string_view nickname;
  NameColumns columns() const { return {first, middle, last, suffix}; }
  friend bool operator==(const ParsedName&, const ParsedName&) = default;
};
ParsedName parse_full_name(std::string_view text);

}  // namespace hustings::normalise
