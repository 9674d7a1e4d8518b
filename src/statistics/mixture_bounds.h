#pragma once

#include <utility>

/// Boundaries that a sum S with variance process V crosses at any time with probability at most
/// alpha: Howard, Ramdas, McAuliffe and Sekhon 2021 (Annals of Statistics 49), whose unit values
/// are the tests.
namespace hustings::statistics {

/// The mixture's parameter that makes the two-sided normal bound narrowest at V = v.
double best_rho(double v, double alpha);

/// A mixture supermartingale: where its logarithm reaches ln(1/alpha) lies the bound.
class Mixture {
 public:
  virtual ~Mixture() = default;
  virtual double log_value(double s, double v) const = 0;
  /// The s at which it reaches ln(1/alpha), by bisection to 1e-12.
  virtual double bound(double v, double alpha) const;

 protected:
  /// The largest s that can be; infinite where there is none.
  virtual double s_max(double v) const;
};

/// Sub-Gaussian sums, both sides: closed form.
class NormalMixture : public Mixture {
 public:
  explicit NormalMixture(double rho) : rho_(rho) {}
  double log_value(double s, double v) const override;
  double bound(double v, double alpha) const override;

 private:
  double rho_;
};

/// One side only; rho = best_rho(v, 2 alpha).
class OneSidedNormalMixture : public Mixture {
 public:
  explicit OneSidedNormalMixture(double rho) : rho_(rho) {}
  double log_value(double s, double v) const override;

 private:
  double rho_;
};

/// Sums whose upper tail is sub-exponential with scale c.
class GammaExponentialMixture : public Mixture {
 public:
  GammaExponentialMixture(double rho, double c);
  double log_value(double s, double v) const override;

 private:
  double rho_;
  double c_;
  double constant_;
};

/// Sums of steps within [-g, h].
struct StepRange {
  double g;
  double h;
};
class BetaBinomialMixture : public Mixture {
 public:
  BetaBinomialMixture(double rho, StepRange range, bool one_sided);
  double log_value(double s, double v) const override;

 protected:
  double s_max(double v) const override;

 private:
  StepRange range_;
  double r_;
  double x_;
  double constant_;
};

/// A closed bound that grows as the law of the iterated logarithm (their equation 10).
struct Stitching {
  double v_min;
  double c = 0;
  double s = 1.4;
  double eta = 2;

  double bound(double v, double alpha) const;
};

/// For a share: `successes` of `trials`, narrowest about t_best trials.
struct ShareInterval {
  double lower;
  double upper;
};
struct ShareCount {
  double successes;
  double trials;
};
ShareInterval share_interval(ShareCount count, double alpha, double t_best);

}  // namespace hustings::statistics
