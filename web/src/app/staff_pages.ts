export { HomePage } from "../home/home_page";
export { PeoplePage } from "../people/people_page";
export { EnterPage } from "../signin/enter_page";
export { SignInPage } from "../signin/sign_in_page";
