// The browser's side of every page: styles, htmx for parts, Alpine (CSP build) where state lives in the browser.
import "@tabler/core/dist/css/tabler.min.css";
import "./bihuan.css";
import "./orgs.css";
import "./enterprises.css";
import "./papers.css";
import "./standards.css";
import "./intake.css";
import "./campaigns.css";
import "./matrix.css";
import "./screen.css";
import "./stats.css";
import htmx from "htmx.org";
import Alpine from "@alpinejs/csp";
import "./frame.js";
import { choosing } from "./choose.js";
import { watchDrafts } from "./drafts.js";
import { photos } from "./photos.js";
import { picks } from "./picks.js";
import { watchScreen } from "./screen.js";

window.htmx = htmx;
Alpine.data("choosing", choosing);
Alpine.data("picks", picks);
Alpine.data("photos", photos);
Alpine.start();
watchDrafts();
watchScreen();
