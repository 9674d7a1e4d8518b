#pragma once

#include "experiments/experiment_service.h"
#include "pg/pool.h"
#include "segments/segment_service.h"
#include "spending/live_inputs.h"
#include "surveys/survey_service.h"

namespace hustings::app {

/// Reads for plans of money what the campaign's own work says: the weighted shares of answers,
/// segments' support by turnout, and the effects of experiments. Calls may come from several
/// threads.
class LiveMoneySource : public spending::LiveSource {
 public:
  LiveMoneySource(pg::Pool& pool, surveys::SurveyService& surveys,
                  const segments::SegmentService& segments,
                  const experiments::ExperimentService& experiments)
      : pool_(pool), surveys_(surveys), segments_(segments), experiments_(experiments) {}

  bool has(feed::Position position) const override;
  Result<spending::LiveReading> read(const spending::LiveInput& input) override;

 private:
  Result<spending::LiveReading> answers(const spending::LiveInput& input);
  Result<spending::LiveReading> segment(const spending::LiveInput& input) const;
  Result<spending::LiveReading> experiment(const spending::LiveInput& input) const;

  pg::Pool& pool_;
  surveys::SurveyService& surveys_;
  const segments::SegmentService& segments_;
  const experiments::ExperimentService& experiments_;
};

}  // namespace hustings::app
