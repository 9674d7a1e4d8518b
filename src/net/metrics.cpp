#include "net/metrics.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include <fmt/format.h>

#include "base/error.h"

namespace hustings::net {

void Histogram::add(double seconds) {
  const auto* bucket = std::lower_bound(kUpperSeconds.begin(), kUpperSeconds.end(), seconds);
  const auto index = static_cast<std::size_t>(bucket - kUpperSeconds.begin());
  buckets_[index].fetch_add(1, std::memory_order_relaxed);
  const double microseconds = std::max(0.0, std::round(seconds * 1e6));
  sum_microseconds_.fetch_add(static_cast<std::uint64_t>(microseconds), std::memory_order_relaxed);
}

std::uint64_t Histogram::count() const {
  std::uint64_t total = 0;
  for (const auto& bucket : buckets_)
    total += bucket.load(std::memory_order_relaxed);
  return total;
}

double Histogram::sum_seconds() const {
  return static_cast<double>(sum_microseconds_.load(std::memory_order_relaxed)) / 1e6;
}

struct Metrics::Series {
  std::string labels;  // name="value",…
  Counter counter;
  Gauge gauge;
  std::unique_ptr<Histogram> histogram;
};

struct Metrics::Family {
  std::string name;
  std::string help;
  Kind kind;
  std::function<double()> read;
  std::vector<std::unique_ptr<Series>> series;
};

Metrics::Metrics() = default;
Metrics::~Metrics() = default;

namespace {

std::string label_text(const Labels& labels) {
  std::string out;
  for (const auto& [name, value] : labels) {
    if (!out.empty()) out += ',';
    out += name + "=\"";
    for (const char c : value) {
      if (c == '"' || c == '\\') out += '\\';
      out += c == '\n' ? ' ' : c;
    }
    out += '"';
  }
  return out;
}

std::string in_braces(const std::string& labels, const std::string& more = "") {
  if (labels.empty() && more.empty()) return "";
  return '{' + labels + (labels.empty() || more.empty() ? "" : ",") + more + '}';
}

void append_histogram(std::string& out, const std::string& name, const std::string& labels,
                      const Histogram& histogram) {
  const auto to = std::back_inserter(out);
  std::uint64_t total = 0;
  for (std::size_t i = 0; i < Histogram::kUpperSeconds.size(); ++i) {
    total += histogram.in_bucket(i);
    const std::string upper = fmt::format("le=\"{}\"", Histogram::kUpperSeconds[i]);
    fmt::format_to(to, "{}_bucket{} {}\n", name, in_braces(labels, upper), total);
  }
  total += histogram.in_bucket(Histogram::kUpperSeconds.size());
  fmt::format_to(to, "{}_bucket{} {}\n", name, in_braces(labels, "le=\"+Inf\""), total);
  fmt::format_to(to, "{}_sum{} {}\n", name, in_braces(labels), histogram.sum_seconds());
  fmt::format_to(to, "{}_count{} {}\n", name, in_braces(labels), total);
}

}  // namespace

Metrics::Series& Metrics::series(const std::string& name, const std::string& help, Kind kind,
                                 const Labels& labels) {
  const std::lock_guard lock(mutex_);
  auto place = std::lower_bound(families_.begin(), families_.end(), name,
                                [](const auto& family, const auto& n) { return family->name < n; });
  if (place == families_.end() || (*place)->name != name) {
    place = families_.insert(place, std::make_unique<Family>(Family{name, help, kind, {}, {}}));
  }
  Family& family = **place;
  CHECK(family.kind == kind);
  const std::string text = label_text(labels);
  for (const auto& one : family.series) {
    if (one->labels == text) return *one;
  }
  auto made = std::make_unique<Series>();
  made->labels = text;
  if (kind == Kind::histogram) made->histogram = std::make_unique<Histogram>();
  return *family.series.emplace_back(std::move(made));
}

Counter& Metrics::counter(const std::string& name, const std::string& help, const Labels& labels) {
  return series(name, help, Kind::counter, labels).counter;
}

Gauge& Metrics::gauge(const std::string& name, const std::string& help, const Labels& labels) {
  return series(name, help, Kind::gauge, labels).gauge;
}

Histogram& Metrics::histogram(const std::string& name, const std::string& help,
                              const Labels& labels) {
  return *series(name, help, Kind::histogram, labels).histogram;
}

void Metrics::gauge_of(const std::string& name, const std::string& help,
                       std::function<double()> read) {
  series(name, help, Kind::gauge, {});
  const std::lock_guard lock(mutex_);
  for (const auto& family : families_) {
    if (family->name != name) continue;
    family->read = std::move(read);
    return;
  }
}

void Metrics::remove(const std::string& name) {
  const std::lock_guard lock(mutex_);
  std::erase_if(families_, [&](const auto& family) { return family->name == name; });
}

std::string Metrics::text() const {
  static constexpr std::array<const char*, 3> kKinds = {"counter", "gauge", "histogram"};
  const std::lock_guard lock(mutex_);
  std::string out;
  const auto to = std::back_inserter(out);
  for (const auto& family : families_) {
    fmt::format_to(to, "# HELP {} {}\n# TYPE {} {}\n", family->name, family->help, family->name,
                   kKinds.at(static_cast<std::size_t>(family->kind)));
    if (family->read) {
      fmt::format_to(to, "{} {}\n", family->name, family->read());
      continue;
    }
    for (const auto& one : family->series) {
      if (family->kind == Kind::histogram) {
        append_histogram(out, family->name, one->labels, *one->histogram);
      } else if (family->kind == Kind::counter) {
        fmt::format_to(to, "{}{} {}\n", family->name, in_braces(one->labels), one->counter.value());
      } else {
        fmt::format_to(to, "{}{} {}\n", family->name, in_braces(one->labels), one->gauge.value());
      }
    }
  }
  return out;
}

}  // namespace hustings::net
