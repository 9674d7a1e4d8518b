#include "api/answer_files.h"
#include "api/caller.h"
#include "api/caller_changes.h"
#include "api/calling_rules.h"
#include "api/consents.h"
#include "api/dialling.h"
#include "api/dispositions.h"
#include "api/endpoints.h"
#include "api/experiments.h"
#include "api/forms.h"
#include "api/home.h"
#include "api/imports.h"
#include "api/join_links.h"
#include "api/ledger.h"
#include "api/lists.h"
#include "api/matches.h"
#include "api/pace.h"
#include "api/people.h"
#include "api/persons.h"
#include "api/phonebanks.h"
#include "api/plans.h"
#include "api/priorities.h"
#include "api/registrar.h"
#include "api/rights.h"
#include "api/rules.h"
#include "api/scripts.h"
#include "api/segment_analysis.h"
#include "api/segment_composition.h"
#include "api/segments.h"
#include "api/server_info.h"
#include "api/session.h"
#include "api/spending.h"
#include "api/strategy.h"
#include "api/supervision.h"
#include "api/suppressions.h"
#include "api/survey_estimates.h"
#include "api/timeline.h"
#include "api/voters.h"
#include "api/xlsform.h"

namespace hustings::api {

void register_all(Registrar& registrar) {
  add_server_info(registrar);
  add_session(registrar);
  add_people(registrar);
  add_join_links(registrar);
  add_imports(registrar);
  add_voters(registrar);
  add_suppressions(registrar);
  add_consents(registrar);
  add_persons(registrar);
  add_corrections(registrar);
  add_survivorship(registrar);
  add_rights(registrar);
  add_timeline(registrar);
  add_matches(registrar);
  add_match_runs(registrar);
  add_match_find(registrar);
  add_voter_decisions(registrar);
  add_segments(registrar);
  add_segment_composition(registrar);
  add_segment_analysis(registrar);
  add_segment_history(registrar);
  add_rules(registrar);
  add_lists(registrar);
  add_experiments(registrar);
  add_survey_estimates(registrar);
  add_forms(registrar);
  add_answer_files(registrar);
  add_xlsform(registrar);
  add_strategy(registrar);
  add_scripts(registrar);
  add_calling_rules(registrar);
  add_dispositions(registrar);
  add_pace(registrar);
  add_priorities(registrar);
  add_phonebanks(registrar);
  add_caller(registrar);
  add_caller_changes(registrar);
  add_dialling(registrar);
  add_supervision(registrar);
  add_rooms(registrar);
  add_home(registrar);
  add_spending(registrar);
  add_ledger(registrar);
  add_plans(registrar);
}

}  // namespace hustings::api
