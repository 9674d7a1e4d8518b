#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "normalise/fold.h"
#include "normalise/nickname.h"
#include "normalise/person_name.h"
#include "normalise/phonetic.h"

namespace hustings::normalise {
namespace {

TEST(Fold, AsciiInCapitals) {
  EXPECT_EQ(folded("Smith-Jones"), "SMITH-JONES");
  EXPECT_EQ(folded("a\tb\x01"), "A B ");
  EXPECT_EQ(folded(""), "");
}

TEST(Fold, LettersWithAccentsAndOfOtherScripts) {
  EXPECT_EQ(folded("José Nuñez"), "JOSE NUNEZ");
  EXPECT_EQ(folded("Straße Ærø Łódź"), "STRASSE AERO LODZ");
  EXPECT_EQ(folded("e\xCC\x81"), "E");  // a letter with a combining accent
  EXPECT_EQ(folded("Жуков"), "ZUKOV");
  EXPECT_EQ(folded("Αλέξης"), "ALEXES");
  EXPECT_EQ(folded("Ｓｍｉｔｈ"), "SMITH");  // full width
  EXPECT_EQ(folded("ﬁ"), "FI");
  EXPECT_EQ(folded("O’Neal “Bill”"), "O'NEAL \"BILL\"");
}

TEST(Fold, LeavesOutWhatIsNotUtf8) {
  EXPECT_EQ(folded("A\xFF"
                   "B\xC3"),
            "AB");
  EXPECT_EQ(folded("\xF0\x9F\x98\x80"), "");
}

TEST(Fold, TheShortWaySaysWhatIcuSays) {
  // A trailing letter beyond the table sends the whole text through ICU.
  const std::string beyond = "Ж";
  for (unsigned code = 0xC0; code < 0x180; ++code) {
    const std::string letter = {static_cast<char>(0xC0 | (code >> 6)),
                                static_cast<char>(0x80 | (code & 0x3F))};
    EXPECT_EQ(folded(letter) + "Z", folded(letter + beyond)) << std::hex << code;
  }
}

TEST(Generation, HoweverItIsWritten) {
  for (const char* text : {"JR", "Jr.", "junior", "JNR", " jr ", ",JR"})
    EXPECT_EQ(generation_of(text), Generation::jr) << text;
  for (const char* text : {"II", "2ND", "2nd", "2", "2D"})
    EXPECT_EQ(generation_of(text), Generation::second) << text;
  EXPECT_EQ(generation_of("3RD"), Generation::third);
  EXPECT_EQ(generation_of("IV"), Generation::fourth);
  EXPECT_EQ(generation_of("V"), Generation::fifth);
  EXPECT_EQ(generation_of("SR"), Generation::sr);
  for (const char* text : {"", "MD", "PHD", "REV", "X", "JRX"})
    EXPECT_EQ(generation_of(text), Generation::none) << text;
  for (const auto one :
       {Generation::jr, Generation::sr, Generation::first, Generation::second, Generation::third,
        Generation::fourth, Generation::fifth, Generation::sixth}) {
    EXPECT_EQ(generation_of(generation_text(one)), one);
  }
}

TEST(Generation, WhoMayBeOnePerson) {
  EXPECT_TRUE(may_be_same(Generation::jr, Generation::jr));
  EXPECT_TRUE(may_be_same(Generation::jr, Generation::none));
  EXPECT_TRUE(may_be_same(Generation::jr, Generation::second));
  EXPECT_TRUE(may_be_same(Generation::first, Generation::sr));
  EXPECT_FALSE(may_be_same(Generation::jr, Generation::sr));
  EXPECT_FALSE(may_be_same(Generation::second, Generation::third));
}

NameForm form(std::string_view first, std::string_view middle, std::string_view last,
              std::string_view suffix = "") {
  return name_form({first, middle, last, suffix});
}

TEST(NameForm, HyphensApostrophesAndBlanks) {
  for (const char* last : {"O'NEAL", "O NEAL", "O’Neal", "ONEAL", "o'neal", "O`NEAL", "O'N.EAL"}) {
    EXPECT_EQ(form("", "", last).last, "ONEAL") << last;
  }
  for (const char* last : {"Smith-Jones", "SMITH JONES", "SMITH - JONES", "SMITH/JONES"}) {
    EXPECT_EQ(form("", "", last).last, "SMITHJONES") << last;
    EXPECT_EQ(form("", "", last).last_words, "SMITH JONES") << last;
  }
  for (const char* last : {"DE LA CRUZ", "Delacruz", "de la Cruz", "DE-LA-CRUZ", "DELA CRUZ"}) {
    EXPECT_EQ(form("", "", last).last, "DELACRUZ") << last;
    EXPECT_EQ(form("", "", last).last_words, "DELACRUZ") << last;
  }
  EXPECT_EQ(form("", "", "St. John"), form("", "", "SAINT JOHN"));
  EXPECT_EQ(form("", "", "MC DONALD").last_words, "MCDONALD");
  EXPECT_EQ(form("Mary Ann", "", "").first, "MARYANN");
  EXPECT_EQ(form("MARY-ANN", "", "").first_words, "MARY ANN");
  EXPECT_EQ(form("RENEE'", "", "").first, "RENEE");
}

TEST(NameForm, SuffixesWhereverTheyStand) {
  const NameForm expected = form("JOHN", "Q", "SMITH", "JR");
  EXPECT_EQ(expected.generation, Generation::jr);
  EXPECT_EQ(form("JOHN", "Q", "SMITH JR"), expected);
  EXPECT_EQ(form("JOHN", "Q", "SMITH, JR."), expected);
  EXPECT_EQ(form("JOHN", "Q", "SMITH JUNIOR"), expected);
  EXPECT_EQ(form("JOHN JR", "Q", "SMITH"), expected);
  EXPECT_EQ(form("JOHN", "Q JR", "SMITH"), expected);
  EXPECT_EQ(form("JOHN", "Q", "SMITH MD JR"), expected);
  EXPECT_EQ(form("JOHN", "JR", "SMITH").middle, "");
  EXPECT_EQ(form("JOHN", "", "SMITH 111").generation, Generation::third);
  EXPECT_EQ(form("JOHN", "", "SMITH V").generation, Generation::fifth);
  EXPECT_EQ(form("JOHN", "V", "SMITH").middle, "V");
  EXPECT_EQ(form("JOHN V", "", "SMITH").first, "JOHNV");
  EXPECT_EQ(form("JR", "", "JUNIOR").first, "JR");
  EXPECT_EQ(form("JR", "", "JUNIOR").last, "JUNIOR");
  EXPECT_EQ(form("JOHN", "", "SMITH SR", "JR").generation, Generation::jr);
}

TEST(NameForm, TitlesAndDegrees) {
  EXPECT_EQ(form("Dr. John", "", "Smith MD"), form("JOHN", "", "SMITH"));
  EXPECT_EQ(form("MRS", "", "").first, "MRS");
  EXPECT_EQ(form("", "", "MD").last, "MD");
}

TEST(NameForm, NicknamesInQuotesAndBrackets) {
  for (const char* first : {"WILLIAM \"BILL\"", "WILLIAM (BILL)", "William 'Bill'",
                            "WILLIAM [BILL]", "(BILL) WILLIAM", "William “Bill”"}) {
    EXPECT_EQ(form(first, "", "").first, "WILLIAM") << first;
    EXPECT_EQ(form(first, "", "").nickname, "BILL") << first;
  }
  EXPECT_EQ(form("WILLIAM", "\"BILL\" T", "").nickname, "BILL");
  EXPECT_EQ(form("WILLIAM", "\"BILL\" T", "").middle, "T");
  EXPECT_EQ(form("(BILL)", "", "").first, "BILL");
  EXPECT_EQ(form("(BILL)", "", "").nickname, "");
  EXPECT_EQ(form("D'ANGELO", "", "").nickname, "");
  EXPECT_EQ(form("WILLIAM \"", "", "").first, "WILLIAM");
}

TEST(NameForm, MissingNamesAndPlaceholders) {
  for (const char* middle : {"NMN", "NMI", "(NMN)", "N/A", "none", "-", "*", "  ", "N.M.N."}) {
    EXPECT_EQ(form("JOHN", middle, "SMITH"), form("JOHN", "", "SMITH")) << middle;
  }
  EXPECT_EQ(form("-VOTER_DID_NOT_PROVIDE_FIRSTNAME", "", "SMITH").first, "");
  for (const char* name : {"-VOTER_DID_NOT_PROVIDE_LASTNAME", "UNKNOWN", "*", "", "---", "FNU",
                           "CONFIDENTIAL", "Removed", "XXXX", "N/A", "No Name"}) {
    EXPECT_TRUE(is_placeholder_name(name)) << name;
  }
  for (const char* name : {"NA", "NULL", "XI", "NONI", "UNKEFER", "N", "LU", "REMO"}) {
    EXPECT_FALSE(is_placeholder_name(name)) << name;
  }
}

TEST(NameForm, DigitsThatAreLetters) {
  EXPECT_EQ(form("J0HN", "", "SM1TH"), form("JOHN", "", "SMITH"));
  EXPECT_EQ(form("JOHN7", "", "").first, "JOHN");
  EXPECT_EQ(form("0", "", "").first, "");
}

TEST(FullName, InTheOrderOfSpeech) {
  const ParsedName expected{"John", "Q.", "Smith", "Jr.", ""};
  EXPECT_EQ(parse_full_name("John Q. Smith Jr."), expected);
  EXPECT_EQ(parse_full_name("John Q. Smith, Jr."), expected);
  EXPECT_EQ(parse_full_name("  Mr. John  Q. Smith Jr. MD"), expected);
  EXPECT_EQ(parse_full_name("Dr. Maria de la Cruz, MD"),
            (ParsedName{"Maria", "", "de la Cruz", "", ""}));
  EXPECT_EQ(parse_full_name("John O Smith"), (ParsedName{"John", "O", "Smith", "", ""}));
  EXPECT_EQ(parse_full_name("Mary Lou St John"), (ParsedName{"Mary", "Lou", "St John", "", ""}));
  EXPECT_EQ(parse_full_name("William \"Bill\" Tell"),
            (ParsedName{"William", "", "Tell", "", "Bill"}));
  EXPECT_EQ(parse_full_name("John Smith V"), (ParsedName{"John", "", "Smith", "V", ""}));
  EXPECT_EQ(parse_full_name("Mr. & Mrs. John Smith"), (ParsedName{"John", "", "Smith", "", ""}));
  EXPECT_EQ(parse_full_name("John V"), (ParsedName{"John", "", "V", "", ""}));
  EXPECT_EQ(parse_full_name("Madonna"), (ParsedName{"", "", "Madonna", "", ""}));
  EXPECT_EQ(parse_full_name(""), ParsedName{});
  EXPECT_EQ(parse_full_name(" , , "), ParsedName{});
}

TEST(FullName, LastNameFirst) {
  EXPECT_EQ(parse_full_name("Smith, John Q Jr"), (ParsedName{"John", "Q", "Smith", "Jr", ""}));
  EXPECT_EQ(parse_full_name("SMITH JR, JOHN (JACK) Q"),
            (ParsedName{"JOHN", "Q", "SMITH", "JR", "JACK"}));
  EXPECT_EQ(parse_full_name("Smith, John, III"), (ParsedName{"John", "", "Smith", "III", ""}));
  EXPECT_EQ(parse_full_name("Smith,John V"), (ParsedName{"John", "V", "Smith", "", ""}));
  EXPECT_EQ(parse_full_name("de la Cruz, Dr Maria Elena"),
            (ParsedName{"Maria", "Elena", "de la Cruz", "", ""}));
}

TEST(Nicknames, CanonicalNames) {
  for (const auto& [name, canonical] :
       std::initializer_list<std::pair<const char*, const char*>>{{"BILL", "WILLIAM"},
                                                                  {"WILLY", "WILLIAM"},
                                                                  {"WILLIAM", "WILLIAM"},
                                                                  {"BOB", "ROBERT"},
                                                                  {"JACK", "JOHN"},
                                                                  {"JOHN", "JOHN"},
                                                                  {"LIZ", "ELIZABETH"},
                                                                  {"KATE", "KATHERINE"},
                                                                  {"CATHERINE", "KATHERINE"},
                                                                  {"MIKE", "MICHAEL"},
                                                                  {"PEGGY", "MARGARET"},
                                                                  {"TED", "EDWARD"},
                                                                  {"JEFFREY", "JEFFREY"},
                                                                  {"GEOFF", "JEFFREY"},
                                                                  {"ZXQ", "ZXQ"}}) {
    EXPECT_EQ(canonical_first_name(name), canonical) << name;
  }
  EXPECT_EQ(first_name_id("ZXQ"), 0);
  EXPECT_EQ(first_name_text(0), "");
  EXPECT_EQ(canonical_first_name(FirstNameId{0}), 0);
  EXPECT_EQ(first_name_text(60000), "");
}

TEST(Nicknames, TheCanonicalNameStandsForItself) {
  FirstNameId id = 1;
  for (; !first_name_text(id).empty(); ++id) {
    ASSERT_EQ(first_name_id(first_name_text(id)), id);
    const FirstNameId canonical = canonical_first_name(id);
    ASSERT_EQ(canonical_first_name(canonical), canonical) << first_name_text(id);
  }
  EXPECT_GT(id, 2000);
}

TEST(Nicknames, Relations) {
  EXPECT_EQ(nickname_relation("BILL", "WILLIAM"), NicknameRelation::direct);
  EXPECT_EQ(nickname_relation("WILLIAM", "BILL"), NicknameRelation::direct);
  EXPECT_EQ(nickname_relation("KATHRYN", "KATHERINE"), NicknameRelation::direct);
  EXPECT_EQ(nickname_relation("BILL", "WILLY"), NicknameRelation::shared);
  EXPECT_EQ(nickname_relation("BILL", "BILL"), NicknameRelation::none);
  EXPECT_EQ(nickname_relation("BILL", "MARY"), NicknameRelation::none);
  EXPECT_EQ(nickname_relation("ZXQ", "MARY"), NicknameRelation::none);
}

TEST(Soundex, AsTheNationalArchivesGiveIt) {
  for (const auto& [name, code] :
       std::initializer_list<std::pair<const char*, const char*>>{{"WASHINGTON", "W252"},
                                                                  {"LEE", "L000"},
                                                                  {"GUTIERREZ", "G362"},
                                                                  {"PFISTER", "P236"},
                                                                  {"JACKSON", "J250"},
                                                                  {"TYMCZAK", "T522"},
                                                                  {"VANDEUSEN", "V532"},
                                                                  {"ASHCRAFT", "A261"},
                                                                  {"ASHCROFT", "A261"},
                                                                  {"ROBERT", "R163"},
                                                                  {"RUPERT", "R163"},
                                                                  {"HONEYMAN", "H555"}}) {
    EXPECT_EQ(code_text(soundex(name)), code) << name;
  }
  EXPECT_EQ(soundex(""), 0U);
  EXPECT_EQ(soundex("123"), 0U);
  EXPECT_EQ(soundex("O'NEAL"), soundex("ONEAL"));
}

TEST(Nysiis, KnownCodes) {
  for (const auto& [name, code] :
       std::initializer_list<std::pair<const char*, const char*>>{{"WORTHY", "WARTY"},
                                                                  {"OGATA", "OGAT"},
                                                                  {"MONTGOMERY", "MANTGANA"},
                                                                  {"CATHERINE", "CATARAN"},
                                                                  {"KATHERINE", "CATARAN"},
                                                                  {"JONATHAN", "JANATAN"},
                                                                  {"JOHN", "JAN"},
                                                                  {"TERESA", "TARAS"},
                                                                  {"THERESA", "TARAS"},
                                                                  {"JESSICA", "JASAC"},
                                                                  {"JOSHUA", "JAS"},
                                                                  {"LAPHER", "LAFAR"},
                                                                  {"MACARTHUR", "MCARTAR"},
                                                                  {"PICKARD", "PACAD"}}) {
    EXPECT_EQ(code_text(nysiis(name)), code) << name;
  }
  EXPECT_EQ(nysiis(""), 0U);
  EXPECT_NE(nysiis("SMITH"), nysiis("JONES"));
}

}  // namespace
}  // namespace hustings::normalise
