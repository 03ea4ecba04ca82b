// The frame around the conversation: large print, new conversations, and what a click or a key does.
// Everything is delegated from the document, because Gradio redraws what is inside it.
import { cite, empty, look, openArticle } from "./article.js";
import { $, fetchJson, say, warn } from "./dom.js";
import { forget, redrawn, vote } from "./feedback.js";
import { steerIntake } from "./intake.js";
import { leave, narrow, openSheet, select, settle } from "./panel.js";

const root = document.documentElement;

// ---- large print ---------------------------------------------------------------------------
const setSize = (size) => {
	root.dataset.size = size;
	$("#large").setAttribute("aria-pressed", String(size === "large"));
	try { localStorage.setItem("wenyuan-size", size); } catch { /* a private window */ }
};
const storedSize = () => {
	try { return localStorage.getItem("wenyuan-size") || "normal"; } catch { return "normal"; }
};

// ---- a new conversation: first a new key, then an empty screen -------------------------------
const box = () => $("#question textarea");
const begin = async () => {
	try {
		await fetchJson("conversation", { method: "POST" });
	} catch {
		warn("没能开始新对话，请检查网络后再试。");
		return;
	}
	warn("");
	forget();
	$("#fresh").click();
	empty("点回答里的编号，这里会打开整篇报道，并标出所引的原句。");
	if (!narrow.matches) select("catalogue");
	box()?.focus();
};

/** After a stop, the question goes back to the box, to be asked again or otherwise. */
const takeBack = () => {
	const question = $("#current .question")?.textContent;
	if (!question || !box()) return;
	box().value = question;
	box().dispatchEvent(new Event("input", { bubbles: true }));
	box().focus();
};

// ---- clicks and keys ---------------------------------------------------------------------------
const browse = (button) => {
	select("catalogue");
	openSheet(button);
	$("#catalogue").focus();
};
const busy = () => Boolean($("#current .pending")); // one question at a time
const clicks = {
	"#large": () => {
		setSize(root.dataset.size === "large" ? "normal" : "large");
		$("mark.on")?.scrollIntoView({ block: "center" });
	},
	"#new": begin,
	"#stop": takeBack,
	"#close, #backdrop": leave,
	"#browse": browse,
	"#intake-switch": steerIntake,
	"#tab-article": () => select("article"),
	"#tab-catalogue": () => select("catalogue"),
	"#skip": () => box()?.focus(),
	"#suggestions button": (button, event) => { if (busy()) event.stopPropagation(); },
	"#catalogue .entry": (entry) => openArticle(entry.dataset.article, { from: entry }),
	"#article [data-view]": (button) => look(button.dataset.view, button.dataset.label),
	'a[href^="#vote-"]': vote,
	'a[href^="#ev-"]': (link) => cite(link, { focus: true }),
};
document.addEventListener("click", (event) => {
	for (const [selector, act] of Object.entries(clicks)) {
		const target = event.target.closest?.(selector);
		if (!target) continue;
		if (target.matches("a")) event.preventDefault();
		act(target, event);
		return;
	}
}, true);
document.addEventListener("keydown", (event) => {
	if (event.isComposing) return;
	if (event.key === "Enter" && event.target === box() && busy()) {
		event.preventDefault();
		event.stopPropagation();
	}
	if (event.key === "Escape") leave();
	if (event.key === " " && event.target.matches?.('a[role="button"]')) {
		event.preventDefault();
		event.target.click();
	}
	const sideways = event.key === "ArrowLeft" || event.key === "ArrowRight";
	if (sideways && event.target.matches?.('[role="tab"]')) {
		const other = $('[role="tab"][aria-selected="false"]');
		select(other.getAttribute("aria-controls"));
		other.focus();
	}
}, true);

// ---- following the answer as it grows ------------------------------------------------------------
let followed = "";
let troubled = false;
const follow = () => {
	const toast = Boolean($(".toast-wrap > *")); // Gradio's own words are English, and hidden
	if (toast !== troubled) warn(toast ? "现在连不上服务器，或者提问的人太多。请稍候再试。" : "");
	troubled = toast;
	document.body.classList.toggle("begun", Boolean($("#talk .turn")));
	redrawn();
	const turn = $("#current .turn");
	if (!turn) {
		followed = "";
		return;
	}
	const asked = `${turn.id}|${$(".question", turn)?.textContent}|`;
	const pending = turn.classList.contains("pending");
	const place = $('a[href^="#ev-"]', turn);
	const step = `${asked}${pending}|${Boolean(place)}`;
	if (step === followed) return;
	if (!followed.startsWith(asked)) turn.scrollIntoView({ block: "start" });
	followed = step;
	say(pending ? "正在查阅报道" : "回答完毕");
	if (narrow.matches) return;
	if (place) cite(place, { focus: false });
	else if (!pending) empty("这次的回答没有引用报道。");
};

/** Watch without answering our own changes: a class that is absent must not be "removed". */
const watch = (target, options, act) => new MutationObserver(act).observe(target, options);

setSize(storedSize());
settle();
if (!narrow.matches) select("catalogue");
narrow.addEventListener("change", settle);
const { classList } = document.body;
const chinese = () => {
	if (root.lang !== "zh-CN") root.lang = "zh-CN";
};
const light = () => {
	if (classList.contains("dark")) classList.remove("dark");
};
watch(root, { attributeFilter: ["lang"] }, chinese);
watch(document.body, { attributeFilter: ["class"] }, light);
chinese(); // Gradio may have been there before us
light();
watch($("gradio-app"), { childList: true, subtree: true }, follow);
