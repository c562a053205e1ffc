import "./danger/page.ts";
import { start } from "./start.ts";

void start("sg-danger", "page_danger");
