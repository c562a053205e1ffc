import "./shell.ts";
import { start } from "./start.ts";

void start("sg-shell", "page_app");
