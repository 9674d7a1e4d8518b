#include <atomic>
#include <set>

#include <gtest/gtest.h>

#include "base/clock.h"
#include "base/config.h"
#include "base/csv.h"
#include "base/digest.h"
#include "base/id.h"
#include "base/rng.h"
#include "base/secret.h"
#include "base/text.h"
#include "base/uuid.h"
#include "base/worker_pool.h"

namespace hustings {
namespace {

struct ThingTag {
  static constexpr std::string_view kPrefix = "thg_";
};

TEST(Id, TextComesBackAndNeighboursLookDifferent) {
  for (const std::int64_t value : {std::int64_t{1}, std::int64_t{2}, std::int64_t{4294967296},
                                   std::numeric_limits<std::int64_t>::max()}) {
    const Id<ThingTag> id(value);
    EXPECT_EQ(Id<ThingTag>::from_text(id.text()), id) << id.text();
  }
  EXPECT_NE(Id<ThingTag>(1).text().substr(4, 6), Id<ThingTag>(2).text().substr(4, 6));
  EXPECT_FALSE(Id<ThingTag>::from_text("thg_"));
  EXPECT_FALSE(Id<ThingTag>::from_text("vtr_0000000000000"));
  EXPECT_FALSE(Id<ThingTag>::from_text("thg_zzzzzzzzzzzzz")) << "more than 64 bits";
  EXPECT_FALSE(Id<ThingTag>::from_text("thg_00000000000il"));
}

TEST(Instant, IsoBothWays) {
  const auto at = from_iso("2026-11-03T19:05:00.123456Z");
  ASSERT_TRUE(at);
  EXPECT_EQ(to_iso(*at), "2026-11-03T19:05:00.123456Z");
  EXPECT_EQ(from_iso("2026-11-03 20:05:00.123456+01"), at);
  EXPECT_EQ(from_iso("2026-11-03T14:05:00.123456-05:00"), at);
  for (const char* bad : {"", "2026-11-03", "2026-13-03T00:00:00Z", "2026-02-30T00:00:00Z",
                          "2026-11-03T25:00:00Z", "2026-11-03T19:05:00", "2026-11-03T19:05:00.Z"}) {
    EXPECT_FALSE(from_iso(bad)) << bad;
  }
}

TEST(Text, FindsTheFirstByteThatIsNotUtf8) {
  EXPECT_TRUE(is_utf8("PEÑA €😀"));
  EXPECT_EQ(first_invalid_utf8("PE\xD1"
                               "A"),
            2u);
  EXPECT_FALSE(is_utf8("\xC0\x80"));
  EXPECT_FALSE(is_utf8("\xED\xA0\x80"));
  EXPECT_FALSE(is_utf8("\xF5\x80\x80\x80"));
}

TEST(Text, SuggestsTheNearestWord) {
  EXPECT_EQ(nearest("prot", {"port", "address"}), "port");
  EXPECT_EQ(nearest("zebra", {"port", "address"}), "");
  EXPECT_EQ(edit_distance("smith", "smyth"), 1);
}

TEST(Text, NumbersNeedTheWholeText) {
  EXPECT_EQ(parse_int("42"), 42);
  EXPECT_FALSE(parse_int("42 "));
  EXPECT_FALSE(parse_int(""));
  EXPECT_EQ(with_thousands(-1234567), "-1,234,567");
  EXPECT_EQ(with_thousands(999), "999");
}

TEST(Uuid, HasItsShape) {
  EXPECT_TRUE(is_uuid("ca978112-ca1b-bdca-fac2-31b39a23dc4D"));
  EXPECT_FALSE(is_uuid("ca978112-ca1b-bdca-fac2-31b39a23dc4g"));
  EXPECT_FALSE(is_uuid("ca978112-ca1b-bdca-fac2-31b39a23dc4"));
  EXPECT_FALSE(is_uuid(""));
}

TEST(Csv, CellsAreQuotedAndNoFormulas) {
  const auto cell = [](std::string_view text) {
    std::string out;
    append_csv_cell(out, text);
    return out;
  };
  EXPECT_EQ(cell("A1"), "A1");
  EXPECT_EQ(cell(""), "");
  EXPECT_EQ(cell("a,b"), "\"a,b\"");
  EXPECT_EQ(cell("say \"no\"\n"), "\"say \"\"no\"\"\n\"");
  EXPECT_EQ(cell("=1+1"), "'=1+1");
  EXPECT_EQ(cell("=HYPERLINK(\"x\",1)"), "\"'=HYPERLINK(\"\"x\"\",1)\"");
  EXPECT_EQ(cell("+1"), "'+1");
  EXPECT_EQ(cell("@a"), "'@a");
  EXPECT_EQ(cell("-2+3"), "'-2+3");
  EXPECT_EQ(cell("-12.50"), "-12.50");
}

TEST(Digest, Sha256OfTheStandardExample) {
  EXPECT_EQ(to_hex(Sha256::of("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(RowSetDigest, OrderDoesNotMatterAndEachRowDoes) {
  RowSetDigest a;
  RowSetDigest b;
  RowSetDigest c;
  for (const char* row : {"one", "two", "three"})
    a.add(row);
  for (const char* row : {"three", "one"})
    b.add(row);
  c.add("two");
  EXPECT_NE(a, b);
  b.merge(c);
  EXPECT_EQ(a, b);
  b.add("two");
  EXPECT_NE(a, b);
}

TEST(Secret, PasswordsAndTokens) {
  const std::string hash = hash_password("correct horse");
  EXPECT_TRUE(password_matches(hash, "correct horse"));
  EXPECT_FALSE(password_matches(hash, "correct horse "));
  EXPECT_NE(random_token(), random_token());
  EXPECT_EQ(random_token().size(), 43u);
  EXPECT_EQ(random_code(3).size(), 14u);
  EXPECT_TRUE(same_secret("abc", "abc"));
  EXPECT_FALSE(same_secret("abc", "abd"));
}

TEST(Rng, SameSeedSameNumbersAndAllInRange) {
  Rng a(7);
  Rng b(7);
  std::set<std::uint64_t> seen;
  for (int i = 0; i < 1000; ++i) {
    const std::uint64_t value = a.below(10);
    EXPECT_EQ(value, b.below(10));
    EXPECT_LT(value, 10u);
    seen.insert(value);
  }
  EXPECT_EQ(seen.size(), 10u);
}

TEST(WorkerPool, RefusesWhenFullAndFinishesWhatItTook) {
  std::atomic<int> done = 0;
  std::atomic<bool> go = false;
  int taken = 0;
  {
    WorkerPool pool({.threads = 1, .queue_max = 2});
    for (int i = 0; i < 10; ++i) {
      taken += pool.try_submit([&] {
        while (!go)
          std::this_thread::yield();
        ++done;
      });
    }
    EXPECT_GE(taken, 2);
    EXPECT_LE(taken, 3) << "one running and two queued";
    go = true;
  }
  EXPECT_EQ(done, taken);
}

TEST(Config, DefaultsAndEveryKind) {
  const auto config = parse_config(
      "data_dir = \"/var/lib/hustings\"\n[listen]\nport = 9000\n[log]\nlevel = \"debug\"\n",
      "t.toml");
  ASSERT_TRUE(config) << config.error().text();
  EXPECT_EQ(config->data_dir, "/var/lib/hustings");
  EXPECT_EQ(config->listen_port, 9000);
  EXPECT_EQ(config->log_level, "debug");
  EXPECT_EQ(config->worker_threads, 8);
}

TEST(Config, SaysWhereAndHowToMend) {
  const auto error = [](std::string_view text) {
    const auto config = parse_config(text, "t.toml");
    return config ? std::string("accepted") : config.error().text();
  };
  EXPECT_EQ(error("[listen]\nprot = 1\n"),
            "t.toml:2: There is no key 'listen.prot'. Did you mean 'listen.port'? All keys: "
            "docs/reference/configuration.md.");
  EXPECT_EQ(error("[listen]\nport = 70000\n"),
            "t.toml:2: 'listen.port' must be a whole number from 0 to 65535.");
  EXPECT_EQ(error("[log]\nlevel = \"loud\"\n"),
            "t.toml:2: 'log.level' must be one of debug, info, warning, error.");
  EXPECT_NE(error("a = = b").find("t.toml:1: This is not valid TOML"), std::string::npos);
}

}  // namespace
}  // namespace hustings
