export { ExperimentPage } from "../experiments/experiment_page";
export { ExperimentsPage } from "../experiments/experiments_page";
export { NewExperimentPage } from "../experiments/new_page";
export { StrategyPage } from "../experiments/strategy_page";
export { SurveyPage } from "../surveys/survey_page";
export { SurveysPage } from "../surveys/surveys_page";
