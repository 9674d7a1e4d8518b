#include <algorithm>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "normalise/fold.h"
#include "normalise/nickname.h"
#include "normalise/person_name.h"
#include "normalise/phonetic.h"

namespace hustings::normalise {
namespace {

/// Any bytes, with what names and suffixes are made of more often than chance would give.
std::string any_text() {
  const auto piece =
      rc::gen::oneOf(rc::gen::string<std::string>(),
                     rc::gen::element<std::string>("JR", "II", "DE", "LA", "O", "'", "\"", "(", ")",
                                                   "-", " ", ", ", "SMITH", "Bill", "MD", "Dr.",
                                                   "é", "Ж", "V", "0", "1", "NMN"));
  const auto pieces = *rc::gen::container<std::vector<std::string>>(piece);
  std::string text;
  for (const std::string& one : pieces)
    text += one;
  return text;
}

bool is_plain(std::string_view text, bool blanks) {
  return std::ranges::all_of(
      text, [&](char c) { return (c >= 'A' && c <= 'Z') || (blanks && c == ' '); });
}

RC_GTEST_PROP(Fold, IsIdempotentAndAscii, ()) {
  const std::string once = folded(any_text());
  RC_ASSERT(folded(once) == once);
  RC_ASSERT(std::ranges::all_of(once, [](char c) { return c >= ' ' && c < 0x7f; }));
}

RC_GTEST_PROP(NameForm, HoldsNothingButCapitals, ()) {
  const std::string first = any_text();
  const std::string middle = any_text();
  const std::string last = any_text();
  const std::string suffix = any_text();
  const NameForm form = name_form({first, middle, last, suffix});
  RC_ASSERT(is_plain(form.first, false));
  RC_ASSERT(is_plain(form.middle, false));
  RC_ASSERT(is_plain(form.last, false));
  RC_ASSERT(is_plain(form.nickname, false));
  RC_ASSERT(is_plain(form.last_words, true));
  std::string squeezed;
  append_squeezed(form.last_words, squeezed);
  RC_ASSERT(squeezed == form.last);
}

RC_GTEST_PROP(NameForm, IsIdempotentForItsKeys, ()) {
  const std::string first = any_text();
  const std::string last = any_text();
  const NameForm once = name_form({first, "", last, ""});
  const NameForm twice =
      name_form({once.first, once.middle, once.last, generation_text(once.generation)});
  RC_ASSERT(twice.first == once.first);
  RC_ASSERT(twice.last == once.last);
  RC_ASSERT(twice.generation == once.generation);
}

RC_GTEST_PROP(NameForm, ReusedBuffersKeepNothing, ()) {
  NameForm reused = name_form({"WILLIAM \"BILL\"", "NMN", "DE LA CRUZ JR", "III"});
  const std::string first = any_text();
  const std::string last = any_text();
  name_form_to({first, "", last, ""}, reused);
  RC_ASSERT(reused == name_form({first, "", last, ""}));
}

RC_GTEST_PROP(FullName, PartsArePiecesOfTheText, ()) {
  const std::string text = any_text();
  const ParsedName name = parse_full_name(text);
  for (const std::string_view part :
       {name.first, name.middle, name.last, name.suffix, name.nickname}) {
    if (part.empty()) continue;
    RC_ASSERT(part.data() >= text.data());
    RC_ASSERT(part.data() + part.size() <= text.data() + text.size());
  }
}

/// Both writings of a whole name come to one matching form.
RC_GTEST_PROP(FullName, BothOrdersAreOneName, ()) {
  const auto names = rc::gen::element<std::string>("Mary", "JOHN", "Ann-Marie", "José", "Lee");
  const std::string first = *names;
  const std::string middle = *rc::gen::element<std::string>("", "Q.", "Quincy", "NMN");
  const std::string last =
      *rc::gen::element<std::string>("Smith", "O'Neal", "de la Cruz", "Smith-Jones", "St. John");
  const std::string suffix = *rc::gen::element<std::string>("", "Jr.", "III", "2nd");
  const std::string given = first + " " + middle;
  const std::string speech = given + " " + last + " " + suffix;
  const std::string list = last + ", " + given + " " + suffix;
  const NameForm expected = name_form({first, middle, last, suffix});
  RC_ASSERT(name_form(parse_full_name(speech).columns()) == expected);
  RC_ASSERT(name_form(parse_full_name(list).columns()) == expected);
}

RC_GTEST_PROP(Phonetic, LooksAtLettersOnly, ()) {
  const std::string name = folded(any_text());
  std::string letters;
  for (const char c : name) {
    if (c >= 'A' && c <= 'Z') letters += c;
  }
  RC_ASSERT(soundex(name) == soundex(letters));
  RC_ASSERT(nysiis(name) == nysiis(letters));
  RC_ASSERT((soundex(letters) == 0) == letters.empty());
}

}  // namespace
}  // namespace hustings::normalise
