import "./shell.ts";
import "./views/vault.ts"; // what it opens on comes with it
import { start } from "./start.ts";

void start("sg-shell", "page_popup");
