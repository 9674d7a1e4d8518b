#include <set>

#include <gtest/gtest.h>

#include "registry/copy_buffer.h"
#include "registry/household.h"
#include "registry/person_name.h"
#include "registry/quality.h"
#include "registry/row_hash.h"
#include "registry/suppression.h"
#include "registry/voter_row.h"

namespace hustings::registry {
namespace {

TEST(Household, IsTheSameHoweverTheAddressIsWritten) {
  const auto id = household_id({"NC", "27601", "100 MAIN ST"});
  EXPECT_EQ(household_id({"NC", "27601", "100  Main  St"}), id);
  EXPECT_EQ(household_id({"nc", "27601", " 100 MAIN ST "}), id);
  EXPECT_EQ(household_id({"NC", "27601", "100 Main Street"}), id);
  EXPECT_NE(household_id({"NC", "27601", "100 MAIN ST APT 2"}), id);
  EXPECT_NE(household_id({"NC", "27602", "100 MAIN ST"}), id);
  EXPECT_GT(id, 0);
  EXPECT_EQ(household_id({"NC", "27601", ""}), 0);
}

TEST(Household, HashesAreKeptForEver) {
  // The database holds these numbers: if this fails, every household falls apart.
  EXPECT_EQ(row_hash("Hustings"), 11453744885952885497ULL);
  EXPECT_EQ(household_id({"NC", "27601", "100 MAIN ST"}), 2013994213054711812);
}

TEST(VoterRow, IsReadAgainAsItWasWritten) {
  VoterRow row{.source = "nc",
               .external_id = "AA1",
               .status = "active",
               .is_protected = true,
               .last_name = "NÚÑEZ",
               .first_name = "ADA",
               .birth_year = 1951,
               .birth_month = 12,
               .birth_date = -6955,
               .state = "NC",
               .county = "WAKE",
               .street = "100 MAIN ST",
               .zip5 = "27601",
               .household = 2013994213054711812,
               .phone = 19195550123,
               .email = "a@b.org",
               .county_commission_district = "4",
               .districts = R"({"fire":"7"})",
               .quality = 40};
  CopyBuffer body;
  encode_body(row, body);
  const VoterRow read = decode_body(body.view());
  CopyBuffer again;
  encode_body(read, again);
  EXPECT_EQ(again.view(), body.view());
  EXPECT_EQ(read.last_name, row.last_name);
  EXPECT_EQ(read.middle_name, "");
  EXPECT_EQ(read.birth_date, row.birth_date);
  EXPECT_EQ(read.phone, row.phone);
  EXPECT_TRUE(read.is_protected);

  CopyBuffer empty;
  encode_body({}, empty);
  EXPECT_EQ(decode_body(empty.view()).birth_date, std::nullopt);
  EXPECT_EQ(decode_body(empty.view()).districts, "");
}

TEST(RowHash, EveryByteAndTheLengthCount) {
  std::set<std::uint64_t> seen;
  std::string text(64, 'a');
  for (std::size_t length = 0; length <= text.size(); ++length) {
    seen.insert(row_hash(std::string_view(text).substr(0, length)));
  }
  for (char& c : text) {
    c = 'b';
    seen.insert(row_hash(text));
    c = 'a';
  }
  EXPECT_EQ(seen.size(), 65 + 64);
  EXPECT_NE(row_hash(std::string_view("\0", 1)), row_hash(""));
}

TEST(PersonName, IsKeptInUpperCaseAndShownReadably) {
  EXPECT_EQ(upper_name("McDonald"), "MCDONALD");
  EXPECT_EQ(upper_name("José Ñuñez ÷"), "JOSÉ ÑUÑEZ ÷");
  EXPECT_EQ(shown_name("SMITH-JONES"), "Smith-Jones");
  EXPECT_EQ(shown_name("O'NEAL"), "O'Neal");
  EXPECT_EQ(shown_name("ANDRE'S"), "Andre's");
  EXPECT_EQ(shown_name("RENEE'"), "Renee'");
  EXPECT_EQ(shown_name("MCDONALD"), "McDonald");
  EXPECT_EQ(shown_name("MARY ANN"), "Mary Ann");
  EXPECT_EQ(shown_name("JOSÉ"), "José");
  EXPECT_EQ(shown_name("ÑUÑEZ"), "Ñuñez");
  EXPECT_EQ(shown_name("III"), "III");
  EXPECT_EQ(shown_name("JR"), "Jr");
  EXPECT_EQ(shown_name("de la Cruz"), "de la Cruz");
  EXPECT_EQ(shown_name(""), "");
}

TEST(CopyBuffer, WritesPostgresBinaryRows) {
  CopyBuffer buffer;
  buffer.row(2);
  buffer.int16(258);
  buffer.text("ab");
  EXPECT_EQ(buffer.view(), std::string_view("\0\2\0\0\0\2\1\2\0\0\0\2ab", 14));
  buffer.cut(2);
  buffer.null();
  EXPECT_EQ(buffer.view(), std::string_view("\0\2\xff\xff\xff\xff", 6));
  char* at = buffer.begin_text(10);
  at[0] = 'x';
  buffer.finish_text(1);
  EXPECT_EQ(buffer.view().substr(6), std::string_view("\0\0\0\1x", 5));
}

TEST(SuppressionReason, NamesComeBack) {
  for (const auto reason : {SuppressionReason::do_not_call, SuppressionReason::wrong_number,
                            SuppressionReason::disconnected, SuppressionReason::deceased,
                            SuppressionReason::moved, SuppressionReason::protected_by_law}) {
    EXPECT_EQ(suppression_reason_from(to_string(reason)), reason);
  }
  EXPECT_EQ(suppression_reason_from("tired"), std::nullopt);
}

TEST(Quality, EveryBitHasWords) {
  for (const auto& words : kQualityWords) {
    EXPECT_FALSE(words.name.empty());
    EXPECT_FALSE(words.sentence.empty());
  }
  EXPECT_EQ(bit(Quality::party_unknown), 1 << (kQualities - 1));
}

}  // namespace
}  // namespace hustings::registry
