import "./site-passkey/page.ts";
import { start } from "./start.ts";

void start("sg-site-passkey", "page_site_passkey");
