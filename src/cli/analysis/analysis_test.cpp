// `survey estimate` and `experiment analyse` on small files: what they say, and how they refuse.
#include <cmath>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "base/rng.h"
#include "cli/analysis/experiment_analyse.h"
#include "cli/analysis/survey_estimate.h"

namespace hustings::cli {
namespace {

namespace fs = std::filesystem;

class AnalysisFiles : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) /
              (std::string("analysis-") +
               ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }
  fs::path write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name) << text;
    return folder_ / name;
  }

 private:
  fs::path folder_;
};

std::string school(const std::string& name) {
  return std::string(HUSTINGS_STATISTICS_TEST_DATA) + "/" + name;
}

void expect_one_line(const Error& error, std::string_view words) {
  EXPECT_NE(error.text().find(words), std::string::npos) << error.text();
  EXPECT_EQ(error.text().find('\n'), std::string::npos);
}

constexpr const char* kMargins =
    "variable,category,total\n"
    "stype,E,4421\nstype,H,755\nstype,M,1018\nsch.wide,No,1072\nsch.wide,Yes,5122\n";

SurveyArguments clustered() {
  return {.file = school("api_clus1.csv"), .weight = "pw", .cluster = "dnum", .fpc = "fpc"};
}

TEST_F(AnalysisFiles, RakedFileGivesTheReference) {
  SurveyArguments arguments = clustered();
  arguments.margins = write("margins.csv", kMargins);
  arguments.mean = {"api00"};
  arguments.total = {"enroll"};
  const auto found = estimate_survey(arguments);
  ASSERT_TRUE(found) << found.error().text();
  EXPECT_NEAR(found->rows[0].estimate.value, 641.23032092682, 1e-6);
  EXPECT_NEAR(found->rows[0].estimate.se, 23.7036168879225, 1e-7);
  EXPECT_NEAR(found->rows[1].estimate.value, 3647280.14806521, 1e-2);
  const std::string json = survey_json(*found);
  EXPECT_NE(json.find("\"statistic\":\"mean\",\"variable\":\"api00\",\"estimate\":641.2303209268"),
            std::string::npos);
  EXPECT_NE(survey_text(*found, 0.95).find("raked to stype, sch.wide"), std::string::npos);
}

TEST_F(AnalysisFiles, CalibratesToNumbersAndWithoutWeights) {
  SurveyArguments arguments = clustered();
  arguments.margins =
      write("margins.csv",
            "variable,category,total\nstype,E,4421\nstype,H,755\nstype,M,1018\napi99,,3914069\n");
  arguments.method = "linear";
  arguments.total = {"enroll"};
  const auto found = estimate_survey(arguments);
  ASSERT_TRUE(found) << found.error().text();
  EXPECT_NEAR(found->rows[0].estimate.value, 3638487.20413188, 1e-2);
  EXPECT_NEAR(found->rows[0].estimate.se, 385524.427352479, 1e-3);
  arguments.weight = arguments.fpc = "";
  arguments.method = "logit";
  arguments.bounds = "0.3,3";
  const auto plain = estimate_survey(arguments);
  ASSERT_TRUE(plain) << plain.error().text();
  EXPECT_NEAR(plain->weight_sum, 6194, 1e-3);
}

TEST_F(AnalysisFiles, GroupsFormulasAndReplicates) {
  SurveyArguments arguments{.file = school("api_strat.csv"),
                            .weight = "pw",
                            .strata = "stype",
                            .fpc = "fpc",
                            .replicates = "jkn"};
  arguments.mean = {"api00", "sch.wide"};
  arguments.ratio = {"api.stu/enroll"};
  arguments.quantile = {"api00:0.5"};
  arguments.proportion = {"sch.wide=Yes"};
  arguments.regress = {"api00 ~ ell + meals + stype"};
  arguments.by = "comp.imp";
  const auto found = estimate_survey(arguments);
  ASSERT_TRUE(found) << found.error().text();
  EXPECT_EQ(found->rows.size(), 2U * (1 + 2 + 1 + 1 + 1 + 5));
  EXPECT_EQ(found->rows[0].group, "comp.imp=No");
  for (const SurveyRow& row : found->rows)
    EXPECT_TRUE(std::isfinite(row.estimate.value)) << row.kind << row.category;
}

TEST_F(AnalysisFiles, SurveyRefusals) {
  const auto refused = [](const SurveyArguments& arguments, std::string_view words) {
    const auto found = estimate_survey(arguments);
    ASSERT_FALSE(found) << words;
    expect_one_line(found.error(), words);
  };
  SurveyArguments arguments = clustered();
  refused(arguments, "Say what to estimate");
  arguments.mean = {"api0"};
  refused(arguments, "did you mean \"api00\"");
  arguments.mean = {"api00"};
  arguments.margins = write("sum.csv",
                            "variable,category,total\nstype,E,4421\nstype,H,755\n"
                            "stype,M,1018\nsch.wide,No,1072\nsch.wide,Yes,6000\n");
  refused(arguments, "do not add up");
  arguments.margins = write("none.csv",
                            "variable,category,total\nstype,E,4421\nstype,H,755\n"
                            "stype,M,1000\nstype,Ungraded,18\n");
  refused(arguments, "\"Ungraded\" has 18 people but no respondents");
  arguments.margins = write("lacks.csv", "variable,category,total\nstype,E,4421\nstype,H,755\n");
  refused(arguments, "stype \"M\"");
  arguments.margins = write("word.csv", "variable,category,total\nstype,E,many\n");
  refused(arguments, "no number");
  arguments.margins = write("margins.csv", kMargins);
  arguments.rounds_max = 1;
  refused(arguments, "does not converge");
  arguments.rounds_max = 1000;
  arguments.method = "logit";
  refused(arguments, "needs both bounds");
  arguments.method = "magic";
  refused(arguments, "no method of weighting");
  arguments = clustered();
  arguments.mean = {"api00"};
  arguments.file = write("one.csv", "y,c\n1,a\n2,a\n3,a\n");
  arguments.weight = arguments.fpc = "";
  arguments.cluster = "c";
  arguments.mean = {"y"};
  refused(arguments, "one cluster");
  arguments.file = write("word.csv", "y,c\n1,a\nx,b\n");
  arguments.mean = {};
  arguments.quantile = {"y:0.5"};
  refused(arguments, "Row 2 of column \"y\" is no number");
}

std::string invented_trial(bool control_contacted) {
  std::string text = "id,household,treat,reached,voted,past\n";
  Rng rng(5);
  for (int household = 0; household < 400; ++household) {
    const bool treated = rng.chance(0.4);
    for (int member = 0; member < 2; ++member) {
      const int past = rng.chance(0.5) ? 1 : 0;
      const bool reached = treated ? rng.chance(0.5) : control_contacted && rng.chance(0.1);
      const bool voted = rng.chance(0.3 + 0.2 * past + (reached ? 0.2 : 0));
      text += std::to_string(household * 2 + member) + "," + std::to_string(household) + "," +
              (treated ? "call" : "control") + "," + (reached ? "1" : "0") + "," +
              (voted ? "1" : "0") + "," + (household == 7 ? "" : std::to_string(past)) + "\n";
    }
  }
  return text;
}

TEST_F(AnalysisFiles, ExperimentWithEverything) {
  ExperimentArguments arguments{.file = write("trial.csv", invented_trial(false)),
                                .outcome = "voted",
                                .arm = "treat",
                                .cluster = "household",
                                .covariates = "past",
                                .contact = "reached"};
  arguments.cost = {"call=500"};
  arguments.by = "past";
  arguments.sequence = true;
  arguments.probability = 0.4;
  arguments.uplift = true;
  const auto found = analyse_experiment(arguments);
  ASSERT_TRUE(found) << found.error().text();
  EXPECT_EQ(found->arms.front(), "control");
  EXPECT_EQ(found->effects.size(), 3U);
  EXPECT_EQ(found->effects[0].effect.estimate.n, 798U) << "the group of two is not known";
  EXPECT_EQ(found->contacts.size(), 2U);
  EXPECT_NEAR(found->contacts[0].effect.contact.estimate.value,
              found->contacts[0].effect.assigned.estimate.value /
                  found->contacts[0].effect.reached.estimate.value,
              1e-12);
  EXPECT_EQ(found->sequences.size(), 3U);
  EXPECT_EQ(found->groups[0].effects.effects.size(), 2U);
  EXPECT_EQ(found->uplift[0].qini.tenths.size(), 10U);
  EXPECT_GT(found->costs[0].cost.upper, found->costs[0].cost.cost);
  const std::string json = experiment_json(*found);
  EXPECT_EQ(std::count(json.begin(), json.end(), '{'), std::count(json.begin(), json.end(), '}'));
  EXPECT_NE(experiment_text(*found, 0.95).find("contact (CACE)"), std::string::npos);
}

TEST_F(AnalysisFiles, ExperimentRefusals) {
  const auto refused = [](const ExperimentArguments& arguments, std::string_view words) {
    const auto found = analyse_experiment(arguments);
    ASSERT_FALSE(found) << words;
    expect_one_line(found.error(), words);
  };
  ExperimentArguments arguments{.file = write("trial.csv", invented_trial(true)),
                                .outcome = "voted",
                                .arm = "treat",
                                .contact = "reached"};
  refused(arguments, "never assigned");
  arguments.crossover = true;
  EXPECT_TRUE(analyse_experiment(arguments));
  arguments.errors = "cr1";
  refused(arguments, "--cluster");
  arguments.errors = "best";
  refused(arguments, "no kind of errors");
  arguments.errors = "";
  arguments.control = "placebo";
  refused(arguments, "Nobody is in the arm");
  arguments.control = "";
  arguments.outcome = "vote";
  refused(arguments, "did you mean \"voted\"");
  ExperimentArguments small{.outcome = "y", .arm = "arm"};
  small.file = write("equal.csv", "y,arm\n1,0\n1,0\n1,1\n1,1\n");
  refused(small, "All outcomes are equal");
  small.file = write("alone.csv", "y,arm\n1,0\n0,0\n1,1\n");
  refused(small, "has 1 voters");
  small.file = write("arms.csv", "y,arm\n1,a\n0,a\n1,b\n0,b\n");
  refused(small, "Which arm is the control group");
  small.file = write("single.csv", "y,arm\n1,0\n0,0\n1,0\n");
  refused(small, "only one arm");
  small.cluster = "c";
  small.file = write("cluster.csv", "y,arm,c\n1,0,a\n0,0,a\n1,1,a\n0,1,a\n");
  refused(small, "one cluster");
}

}  // namespace
}  // namespace hustings::cli
