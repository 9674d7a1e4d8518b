#pragma once

/// Distributions, to about 14 digits (Boost.Math underneath).
namespace hustings::statistics {

/// P(Z <= x) of the standard normal, and its inverse for 0 < p < 1.
double normal_cdf(double x);
double normal_quantile(double p);

/// Student's t. df may be infinite (the normal); it must be above 0.
double student_quantile(double p, double df);
/// P(|T| >= |t|).
double student_two_sided(double t, double df);

/// P(F >= f) with df1 > 0 and df2 > 0; df2 may be infinite.
double f_upper(double f, double df1, double df2);
/// P(X >= x) of chi-square.
double chi_square_upper(double x, double df);

/// Inverse of the regularised incomplete beta function; 0 if a is 0, 1 if b is 0.
double beta_quantile(double p, double a, double b);
/// ln of the incomplete beta integral from 0 to x of t^(a-1) (1-t)^(b-1), and of the complete one.
double log_incomplete_beta(double a, double b, double x);
double log_beta(double a, double b);

double log_gamma(double x);
/// ln of the regularised lower incomplete gamma function P(a, x).
double log_gamma_p(double a, double x);
/// Riemann's zeta function, s > 1.
double zeta(double s);

}  // namespace hustings::statistics
