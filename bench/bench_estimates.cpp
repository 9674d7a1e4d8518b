// How fast samples are raked, regressions with clustered errors are fitted, and confidence
// sequences take in one answer; against R's survey package on the same data, R's start not counted.
// Usage: bench_estimates [--quick]
#include <chrono>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "base/rng.h"
#include "base/text.h"
#include "bench_report.h"
#include "statistics/calibration.h"
#include "statistics/confidence_sequence.h"
#include "statistics/regression.h"
#include "statistics/testing/columns.h"

namespace hustings::bench {
namespace {

namespace fs = std::filesystem;
using namespace statistics;

double now_ms() {
  return std::chrono::duration<double, std::milli>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

double timed_ms(const std::function<void()>& work) {
  const double begin = now_ms();
  work();
  return now_ms() - begin;
}

void write_ints(const fs::path& file, const std::vector<std::uint32_t>& values) {
  std::ofstream out(file, std::ios::binary);
  for (const std::uint32_t value : values) {
    const auto number = static_cast<std::int32_t>(value);
    out.write(reinterpret_cast<const char*>(&number), sizeof number);
  }
}

/// Five margins of a population, and respondents who answered unevenly.
struct Poll {
  std::vector<Margin> margins;
  std::vector<double> weights;
};

Poll invented_poll(std::size_t respondents) {
  const std::vector<std::pair<std::string, std::uint32_t>> shapes{
      {"sex", 2}, {"age", 6}, {"race", 5}, {"school", 4}, {"region", 9}};
  Poll out;
  out.weights.assign(respondents, 150'000'000.0 / static_cast<double>(respondents));
  Rng rng(2012);
  for (const auto& [name, count] : shapes) {
    Margin margin{.name = name};
    double all = 0;
    for (std::uint32_t c = 0; c < count; ++c) {
      margin.categories.push_back(fmt::format("{}", c + 1));
      margin.totals.push_back(1 + rng.uniform());
      all += margin.totals.back();
    }
    for (double& total : margin.totals)
      total = std::round(total / all * 150e6);
    double rest = 150e6;
    for (const double total : margin.totals)
      rest -= total;
    margin.totals.back() += rest;
    for (std::size_t i = 0; i < respondents; ++i)
      margin.category.push_back(static_cast<std::uint32_t>(rng.uniform() * rng.uniform() * count));
    out.margins.push_back(std::move(margin));
  }
  return out;
}

/// What R prints: numbers, one a line.
std::vector<double> run_r(const fs::path& script, const fs::path& folder) {
  const std::string command =
      fmt::format("Rscript --vanilla {} {} 2>/dev/null", script.string(), folder.string());
  std::vector<double> out;
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return out;
  char line[200] = {};
  while (fgets(line, sizeof line, pipe) != nullptr) {
    if (const auto number = parse_double(trim(line))) out.push_back(*number);
  }
  pclose(pipe);
  return out;
}

constexpr const char* kRakeScript = R"(
suppressMessages(library(survey))
folder <- commandArgs(TRUE)[1]
names <- c("sex", "age", "race", "school", "region")
read <- function(name, what) readBin(file.path(folder, name), what, 1e9, size = 4)
d <- as.data.frame(lapply(setNames(names, names), function(n) factor(read(n, "integer") + 1L)))
d$w <- 150e6 / nrow(d)
margins <- lapply(names, function(n) {
  m <- read.csv(file.path(folder, paste0(n, ".csv")))
  out <- data.frame(factor(m$category), m$total); names(out) <- c(n, "Freq"); out })
formulas <- lapply(names, function(n) as.formula(paste0("~", n)))
control <- list(maxit = 100, epsilon = 1)
rake_all <- function(d) rake(svydesign(id = ~1, weights = ~w, data = d), formulas, margins, control)
design <- svydesign(id = ~1, weights = ~w, data = d)
invisible(gc())
t <- system.time(r <- rake(design, formulas, margins, control))[["elapsed"]]
cat(1000 * t, "\n"); cat(format(sum(weights(r)^2), digits = 17), "\n")
)";

constexpr const char* kRegressionScript = R"(
suppressMessages(library(survey))
folder <- commandArgs(TRUE)[1]
d <- read.csv(file.path(folder, "voters.csv"))
design <- svydesign(id = ~hh_id, weights = ~one, data = d)
invisible(gc())
f <- voted ~ a1 + a2 + a3 + a4 + g2002 + g2000 + p2004 + p2002 + p2000
t <- system.time({ m <- svyglm(f, design)
  se <- sqrt(diag(vcov(m))) })[["elapsed"]]
cat(1000 * t, "\n"); cat(format(coef(m)[["a4"]], digits = 17), "\n")
cat(format(se[["a4"]], digits = 17), "\n")
)";

struct Compared {
  std::vector<double> ours_ms;
  std::vector<double> r_ms;
  bool equal = true;

  std::string json(std::string_view more) const {
    const double ours = median(ours_ms);
    if (r_ms.empty()) return fmt::format(R"({{"ms":{:.3f},"r_ms":null{}}})", ours, more);
    return fmt::format(R"({{"ms":{:.3f},"r_ms":{:.1f},"ratio":{:.1f},"equal":{}{}}})", ours,
                       median(r_ms), median(r_ms) / ours, equal, more);
  }
};

bool near(double a, double b) { return std::abs(a - b) <= 1e-8 * std::abs(b); }

Compared compare_raking(std::size_t respondents, int rounds, const fs::path& folder) {
  const Poll poll = invented_poll(respondents);
  for (const Margin& margin : poll.margins) {
    write_ints(folder / margin.name, margin.category);
    std::ofstream out(folder / (margin.name + ".csv"));
    out << "category,total\n";
    for (std::size_t c = 0; c < margin.totals.size(); ++c)
      out << fmt::format("{},{}\n", margin.categories[c], margin.totals[c]);
  }
  std::ofstream(folder / "rake.R") << kRakeScript;
  Compared out;
  for (int round = 0; round < rounds; ++round) {
    Sample sample{.design = *Design::make({.weights = poll.weights})};
    out.ours_ms.push_back(
        timed_ms([&] { (void)rake(sample, poll.margins, {.epsilon = 1}).value(); }));
    double squares = 0;
    for (const double weight : sample.weights())
      squares += weight * weight;
    const auto theirs = run_r(folder / "rake.R", folder);
    fmt::print(stderr, "raking {}: {:.1f} ms, R {:.0f} ms\n", respondents, out.ours_ms.back(),
               theirs.empty() ? 0 : theirs[0]);
    if (theirs.size() < 2) continue;
    out.r_ms.push_back(theirs[0]);
    out.equal = out.equal && near(squares, theirs[1]);
  }
  return out;
}

Compared compare_regression(std::size_t rows_max, int rounds, const fs::path& folder,
                            std::string& sizes) {
  const auto file = testing::Columns::read("gerber_green_larimer_2008.csv.zst");
  const std::size_t rows = std::min(rows_max, file.rows());
  const auto arm = file.numbers("arm");
  auto voted = file.numbers("voted");
  voted.resize(rows);
  std::vector<std::uint32_t> households;
  for (const double household : file.numbers("hh_id"))
    households.push_back(static_cast<std::uint32_t>(household));
  households.resize(rows);
  sizes = fmt::format(R"(,"rows":{},"clusters":{})", rows, nest({}, households).count);
  std::vector<std::vector<double>> columns{std::vector<double>(rows, 1.0)};
  for (int a = 1; a <= 4; ++a) {
    auto& column = columns.emplace_back(rows);
    for (std::size_t i = 0; i < rows; ++i)
      column[i] = arm[i] == a ? 1 : 0;
  }
  for (const char* name : {"g2002", "g2000", "p2004", "p2002", "p2000"}) {
    columns.push_back(file.numbers(name));
    columns.back().resize(rows);
  }
  std::ofstream csv(folder / "voters.csv");
  csv << "voted,hh_id,one,a1,a2,a3,a4,g2002,g2000,p2004,p2002,p2000\n";
  for (std::size_t i = 0; i < rows; ++i) {
    csv << voted[i] << ',' << households[i] << ",1";
    for (std::size_t c = 1; c < columns.size(); ++c)
      csv << ',' << columns[c][i];
    csv << '\n';
  }
  csv.close();
  std::ofstream(folder / "regression.R") << kRegressionScript;
  const Matrix x = Matrix::of_columns(columns);
  Compared out;
  for (int round = 0; round < rounds; ++round) {
    double effect = 0;
    double se = 0;
    out.ours_ms.push_back(timed_ms([&] {
      const Fit fit = fit_linear(x, voted).value();
      const Robust robust = robust_covariance(x, fit, Errors::cr1_groups, households).value();
      effect = fit.coefficients[4];
      se = std::sqrt(robust.covariance(4, 4));
    }));
    const auto theirs = run_r(folder / "regression.R", folder);
    fmt::print(stderr, "regression: {:.1f} ms, R {:.0f} ms\n", out.ours_ms.back(),
               theirs.empty() ? 0 : theirs[0]);
    if (theirs.size() < 3) continue;
    out.r_ms.push_back(theirs[0]);
    out.equal = out.equal && near(effect, theirs[1]) && near(se, theirs[2]);
  }
  return out;
}

/// Microseconds for taking in one answer and giving the interval.
std::string sequence_updates() {
  constexpr int kAnswers = 1'000'000;
  Rng rng(1);
  std::vector<Arrival> answers;
  for (int i = 0; i < kAnswers; ++i)
    answers.push_back({.treated = rng.chance(0.5), .outcome = rng.chance(0.4) ? 1.0 : 0.0});
  MeanSequence mean;
  double sum = 0;
  const double rho = sequence_rho(10'000, 0.05);
  const double plain = timed_ms([&] {
    for (const Arrival& answer : answers) {
      mean.add(weighted_outcome(answer, 0.5));
      sum += mean.interval(0.05, rho).lower;
    }
  });
  constexpr int kFew = 100'000;
  AdjustedEffectSequence adjusted({.probability = 0.5, .covariates = 5});
  const double covariates[] = {1, 0, 1, 1, 0};
  const double with_covariates = timed_ms([&] {
    for (int i = 0; i < kFew; ++i) {
      adjusted.add(answers[static_cast<std::size_t>(i)], covariates);
      sum += adjusted.effect().interval(0.05, rho).lower;
    }
  });
  BettingSequence betting(0.05, 1000);
  const double bets = timed_ms([&] {
    for (int i = 0; i < kFew; ++i) {
      betting.add(answers[static_cast<std::size_t>(i)].outcome);
      sum += betting.interval().lower;
    }
  });
  fmt::print(stderr, "sequences end at {:.3f}\n", sum / kAnswers);
  return fmt::format(
      R"("sequence_update_us":{:.4f},"adjusted_update_us":{:.4f},"betting_update_us":{:.4f})",
      1000 * plain / kAnswers, 1000 * with_covariates / kFew, 1000 * bets / kFew);
}

int run(bool quick) {
  const fs::path folder =
      fs::temp_directory_path() / fmt::format("hustings-bench-estimates-{}", getpid());
  fs::create_directories(folder);
  if (std::system("Rscript -e 'library(survey)' >/dev/null 2>&1") != 0)
    fmt::print(stderr, "R's survey package is not installed (r-cran-survey): no comparison\n");
  const std::size_t respondents = quick ? 50'000 : 1'000'000;
  const int rounds = quick ? 1 : 3;
  const Compared raking = compare_raking(respondents, rounds, folder);
  std::string sizes;
  const Compared regression = compare_regression(quick ? 60'000 : 344'084, rounds, folder, sizes);
  const std::string sequences = sequence_updates();
  fs::remove_all(folder);
  fmt::print(R"({{{},"rake":{},"regression":{},{}}})"
             "\n",
             common_keys("bench_estimates", quick),
             raking.json(fmt::format(R"(,"respondents":{},"margins":5)", respondents)),
             regression.json(sizes), sequences);
  return raking.equal && regression.equal ? 0 : 1;
}

}  // namespace
}  // namespace hustings::bench

int main(int argc, char** argv) {
  bool quick = false;
  for (int i = 1; i < argc; ++i)
    quick = quick || std::string_view(argv[i]) == "--quick";
  return hustings::bench::run(quick);
}
