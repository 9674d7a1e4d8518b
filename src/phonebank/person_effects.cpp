#include "phonebank/person_effects.h"

#include "phonebank/sql.h"
#include "surveys/survey_service.h"

namespace hustings::phonebank {

void PersonEffects::on_persons_moved(pg::Transaction& transaction) {
  transaction.run(sql::kPersonsLinesLock);
  transaction.run(sql::kPersonsTargetsMove);
  transaction.run(sql::kPersonsAttemptsMove);
  surveys::follow_persons(transaction);
  transaction.run(sql::kPersonsTargetsJudge);
  transaction.run(sql::kPersonsLinesJudge);
}

}  // namespace hustings::phonebank
