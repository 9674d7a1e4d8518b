import { applyTheme, storedTheme } from "../base/theme_choice";

applyTheme(storedTheme());
