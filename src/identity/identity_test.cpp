#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "identity/copy_text.h"
#include "identity/evidence.h"
#include "identity/person_reader.h"
#include "identity/run.h"

namespace hustings::identity {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;
using ::testing::SizeIs;

TEST(PersonReader, BringsBothSidesIntoOneForm) {
  PersonReader one;
  PersonReader other;
  const auto a = one.read({.first = "Mary-Ann",
                           .middle = "Q.",
                           .last = "de la Cruz",
                           .suffix = "",
                           .gender = "F",
                           .birth = {},
                           .street = "12 North Main Street Apt. 4",
                           .city = "Raleigh",
                           .zip = "27601-1234",
                           .phone = 0,
                           .email = "Ann@Example.ORG"});
  const auto b = other.read({.first = "MARY ANN",
                             .middle = "Q",
                             .last = "DELACRUZ",
                             .suffix = "",
                             .gender = "F",
                             .birth = {},
                             .street = "12 N MAIN ST # 4",
                             .city = "RALEIGH",
                             .zip = "27601",
                             .phone = 0,
                             .email = "ann@example.org"});
  EXPECT_EQ(a.first, b.first);
  EXPECT_EQ(a.last, b.last);
  EXPECT_EQ(a.middle, b.middle);
  EXPECT_EQ(a.house, b.house);
  EXPECT_EQ(a.street, b.street);
  EXPECT_EQ(a.unit, b.unit);
  EXPECT_EQ(a.zip, b.zip);
  EXPECT_EQ(a.city, b.city);
  EXPECT_EQ(a.email, b.email);
  EXPECT_EQ(a.sex, linkage::Sex::female);
}

TEST(PersonReader, PlaceholdersAreNoValues) {
  PersonReader reader;
  const auto person = reader.read({.first = "*",
                                   .middle = "NMN",
                                   .last = "CONFIDENTIAL",
                                   .suffix = "",
                                   .gender = "U",
                                   .birth = {},
                                   .street = "REMOVED",
                                   .city = "*",
                                   .zip = "00000",
                                   .phone = 0,
                                   .email = "none@none.com"});
  EXPECT_EQ(person.first, "");
  EXPECT_EQ(person.middle, "");
  EXPECT_EQ(person.last, "");
  EXPECT_EQ(person.street, "");
  EXPECT_EQ(person.house, "");
  EXPECT_EQ(person.city, "");
  EXPECT_EQ(person.zip, "");
  EXPECT_EQ(person.email, "");
  EXPECT_EQ(person.sex, linkage::Sex::unknown);
}

TEST(PersonReader, ASuffixTellsTheGeneration) {
  PersonReader reader;
  EXPECT_EQ(reader.read({.last = "SMITH JR"}).generation, linkage::Generation::junior);
  EXPECT_EQ(reader.read({.last = "SMITH", .suffix = "III"}).generation, linkage::Generation::third);
  EXPECT_EQ(reader.read({.last = "SMITH"}).generation, linkage::Generation::none);
}

TEST(PersonReader, AHouseWithoutStreetIsABox) {
  PersonReader reader;
  const auto person = reader.read({.street = "PO BOX 12"});
  EXPECT_EQ(person.house, "12");
  EXPECT_EQ(person.street, "PO BOX");
}

TEST(CopyText, ReadsNullsEscapesAndNumbers) {
  CopyTextRow row(4);
  ASSERT_TRUE(row.read("12\t\\N\ta\\tb\\\\c\tt\n"));
  EXPECT_EQ(row.number(0), 12);
  EXPECT_EQ(row.text(1), "");
  EXPECT_EQ(row.number(1), 0);
  EXPECT_EQ(row.text(2), "a\tb\\c");
  EXPECT_TRUE(row.flag(3));
  EXPECT_FALSE(row.read("1\t2\n")) << "too few";
  EXPECT_FALSE(row.read("1\t2\t3\t4\t5\n")) << "too many";
}

TEST(RunReport, IsReadAsItWasWritten) {
  const RunReport report{.records = 400'000,
                         .fresh = 200'000,
                         .pairs_compared = 1'234'567,
                         .joined = 3,
                         .queued = 2,
                         .left_out = 1,
                         .estimated_matches = 140'000.5,
                         .cluster_sizes = {{2, 139'000}, {3, 5}},
                         .seconds = {{"loading", 1.25}},
                         .is_trained = true};
  const RunReport read = report_from(to_json(report));
  EXPECT_EQ(read.records, report.records);
  EXPECT_EQ(read.fresh, report.fresh);
  EXPECT_EQ(read.pairs_compared, report.pairs_compared);
  EXPECT_EQ(read.joined, report.joined);
  EXPECT_EQ(read.queued, report.queued);
  EXPECT_EQ(read.left_out, report.left_out);
  EXPECT_EQ(read.estimated_matches, report.estimated_matches);
  EXPECT_THAT(read.cluster_sizes, ElementsAre(Pair(2, 139'000), Pair(3, 5)));
  EXPECT_THAT(read.seconds, ElementsAre(Pair("loading", 1.25)));
  EXPECT_TRUE(read.is_trained);
}

TEST(Evidence, IsReadAsItWasWritten) {
  const std::vector<linkage::Evidence> evidence = {
      {.field = "first name", .level = "exact", .bits = 7.14},
      {.field = "birth date", .level = "one digit \"off\"", .bits = -2}};
  const auto read = evidence_from(to_json(evidence));
  ASSERT_THAT(read, SizeIs(2));
  EXPECT_EQ(read[0].field, "first name");
  EXPECT_EQ(read[0].bits, 7.1);
  EXPECT_EQ(read[1].level, "one digit \"off\"");
  EXPECT_EQ(to_link_json(evidence), R"({"first_name":7.1,"birth_date":-2.0})");
}

}  // namespace
}  // namespace hustings::identity
