// The frame around the conversation: opens cited sentences and articles, large print, new talk.
// Text from reports becomes text nodes only; nothing here ever parses it as HTML.
(() => {
	"use strict";
	const $ = (selector, root = document) => root.querySelector(selector);
	const narrow = matchMedia("(max-width: 900px)");
	const calm = matchMedia("(prefers-reduced-motion: reduce)");
	const root = document.documentElement;

	const make = (tag, className, ...children) => {
		const element = document.createElement(tag);
		if (className) element.className = className;
		element.append(...children.filter((child) => child !== null && child !== ""));
		return element;
	};
	const say = (text) => ($("#status").textContent = text);
	const fetchJson = async (address) => {
		const response = await fetch(address, { headers: { accept: "application/json" } });
		const value = await response.json().catch(() => ({}));
		if (!response.ok) throw new Error(value.detail || "");
		return value;
	};
	const sentence = (error) => error.message && /[\u4e00-\u9fff]/.test(error.message)
		? error.message : "没能读到报道，请检查网络后再试。";

	// ---- large print -------------------------------------------------------------------------
	const setSize = (size) => {
		root.dataset.size = size;
		$("#large").setAttribute("aria-pressed", String(size === "large"));
		try { localStorage.setItem("wenyuan-size", size); } catch { /* private window */ }
	};
	const storedSize = () => {
		try { return localStorage.getItem("wenyuan-size") || "normal"; } catch { return "normal"; }
	};

	// ---- the panel: a column on wide screens, a sheet on narrow ones -------------------------
	let opener = null; // address of the chip, or the element, that focus goes back to
	const settle = () => {
		const open = document.body.classList.contains("sheet-open");
		$("#panel").inert = narrow.matches && !open;
	};
	const openSheet = () => { document.body.classList.add("sheet-open"); settle(); };
	const closeSheet = () => {
		document.body.classList.remove("sheet-open");
		settle();
		const back = typeof opener === "string" ? $(`a[href="${CSS.escape(opener)}"]`) : opener;
		if (back && back.isConnected) back.focus();
	};
	const select = (name) => {
		for (const other of ["article", "catalogue"]) {
			const chosen = other === name;
			$(`#${other}`).hidden = !chosen;
			$(`#tab-${other}`).setAttribute("aria-selected", String(chosen));
			$(`#tab-${other}`).tabIndex = chosen ? 0 : -1;
		}
		if (name === "catalogue") loadCatalogue();
	};

	// ---- an article ----------------------------------------------------------------------------
	const TAGS = { headline: "h2", subhead: "p", heading: "h3" };
	const drawRun = (run, begun) => {
		if (!run.labels.length) return document.createTextNode(run.text);
		const mark = make("mark", "cited");
		mark.tabIndex = -1;
		mark.dataset.labels = ` ${run.labels.join(" ")} `;
		for (const label of run.labels.filter((label) => !begun.has(label))) {
			begun.add(label);
			mark.append(make("span", "number", String(label)));
		}
		mark.append(run.text);
		return mark;
	};
	const drawArticle = (article) => {
		const begun = new Set();
		const page = make("article", "story");
		page.dataset.id = article.id;
		page.append(make("p", "eyebrow", [article.report, article.label].filter(Boolean).join("\u00a0· ")));
		if (article.changed) {
			page.append(make("p", "changed", "这篇报道在回答之后更新过，原句可能已经改动。"));
		}
		for (const block of article.blocks) {
			const runs = block.runs.map((run) => drawRun(run, begun));
			page.append(make(TAGS[block.kind] || "p", block.kind, ...runs));
		}
		$("#article").replaceChildren(page);
		$("#article").scrollTop = 0;
		$("#article").dataset.shown = article.id;
	};
	const point = (label, { focus }) => {
		const marks = [...document.querySelectorAll("mark.cited")];
		const chosen = marks.filter((mark) => mark.dataset.labels.includes(` ${label} `));
		marks.forEach((mark) => mark.classList.toggle("on", chosen.includes(mark)));
		const [first] = chosen;
		if (!first) {
			if (focus) $("#article").focus({ preventScroll: true });
			return;
		}
		const box = $("#article");
		const offset = first.getBoundingClientRect().top - box.getBoundingClientRect().top;
		const top = box.scrollTop + offset - box.clientHeight / 4;
		box.scrollTo({ top, behavior: calm.matches ? "auto" : "smooth" });
		if (focus) first.focus({ preventScroll: true });
	};
	let asked = 0; // only the latest request may draw
	const openArticle = async (id, places, label, { focus }) => {
		const mine = ++asked;
		select("article");
		if (focus) openSheet();
		try {
			const query = places.map((place) => `cite=${encodeURIComponent(place)}`).join("&");
			const article = await fetchJson(`articles/${encodeURIComponent(id)}?${query}`);
			if (mine !== asked) return;
			drawArticle(article);
			point(label, { focus });
		} catch (error) {
			if (mine === asked) $("#article").replaceChildren(make("p", "blank", sentence(error)));
		}
	};

	// ---- citations: #ev-<turn>-<label>-<article>-<start>-<end>-<check> -------------------------
	const PLACE = /^#ev-\d+-((\d+)-(\w+)-\d+-\d+-\w+)$/;
	const placeOf = (link) => {
		const match = PLACE.exec(link.getAttribute("href"));
		return match && { token: match[1], label: match[2], article: match[3] };
	};
	const cite = (link, { focus }) => {
		const place = placeOf(link);
		if (!place) return;
		document.querySelectorAll("a.cite.open").forEach((other) => other.classList.remove("open"));
		if (link.matches(".cite")) link.classList.add("open");
		const turn = link.closest(".turn") || link.parentElement;
		const all = [...turn.querySelectorAll('a[href^="#ev-"]')].map(placeOf).filter(Boolean);
		const own = all.filter((other) => other.article === place.article);
		const tokens = [...new Set(own.map((other) => other.token))];
		openArticle(place.article, tokens, place.label, { focus });
	};

	// ---- the catalogue -------------------------------------------------------------------------
	let catalogueLoaded = false;
	const drawReport = (report) => {
		const rows = report.articles.map((article) => {
			const button = make("button", "entry", make("span", "headline", article.headline),
				article.community ? make("small", "", article.community) : null);
			button.type = "button";
			button.dataset.article = article.id;
			return make("li", "", button);
		});
		return make("section", "report", make("h2", "", report.title),
			report.about ? make("p", "about", report.about) : null, make("ul", "", ...rows));
	};
	const loadCatalogue = async () => {
		if (catalogueLoaded) return;
		try {
			const { reports } = await fetchJson("reports");
			const drawn = reports.map(drawReport);
			const empty = make("p", "blank", "报道库还是空的。");
			$("#catalogue").replaceChildren(...(drawn.length ? drawn : [empty]));
			catalogueLoaded = true;
		} catch (error) {
			$("#catalogue").replaceChildren(make("p", "blank", sentence(error)));
		}
	};

	// ---- a new conversation: a new key first, then an empty screen -----------------------------
	const begin = async () => {
		try {
			const response = await fetch("conversation", { method: "POST" });
			if (!response.ok) throw new Error("");
			$("#fresh").click();
			$("#article").replaceChildren(make("p", "blank", "已开始新对话。"));
			if (!narrow.matches) select("catalogue");
			$("#question textarea")?.focus();
		} catch {
			say("没能开始新对话，请检查网络后再试。");
		}
	};
	const takeBack = () => {
		const question = $("#current .question")?.textContent;
		const box = $("#question textarea");
		if (!question || !box) return;
		box.value = question;
		box.dispatchEvent(new Event("input", { bubbles: true }));
	};

	// ---- events: delegated, because Gradio redraws what is inside it ----------------------------
	const clicks = {
		"#large": () => setSize(root.dataset.size === "large" ? "normal" : "large"),
		"#new": begin,
		"#stop": takeBack,
		"#close, #backdrop": closeSheet,
		"#browse": (button) => { opener = button; select("catalogue"); openSheet(); $("#catalogue").focus(); },
		"#tab-article": () => select("article"),
		"#tab-catalogue": () => select("catalogue"),
		"#skip": () => $("#question textarea")?.focus(),
		"#catalogue .entry": (entry) => { opener = entry; openArticle(entry.dataset.article, [], "", { focus: true }); },
		'a[href^="#ev-"]': (link) => { opener = link.getAttribute("href"); cite(link, { focus: true }); },
	};
	document.addEventListener("click", (event) => {
		for (const [selector, act] of Object.entries(clicks)) {
			const target = event.target.closest?.(selector);
			if (!target) continue;
			if (target.matches("a")) event.preventDefault();
			act(target);
			return;
		}
	}, true);
	document.addEventListener("keydown", (event) => {
		if (event.isComposing) return;
		if (event.key === "Escape") closeSheet();
		if (event.key === " " && event.target.matches?.('a[role="button"]')) {
			event.preventDefault();
			event.target.click();
		}
		if (["ArrowLeft", "ArrowRight"].includes(event.key) && event.target.matches?.('[role="tab"]')) {
			const other = $('[role="tab"][aria-selected="false"]');
			select(other.getAttribute("aria-controls"));
			other.focus();
		}
	});

	// ---- following the answer as it grows -------------------------------------------------------
	let followed = "";
	const follow = () => {
		const turns = document.querySelectorAll("#talk .turn");
		document.body.classList.toggle("begun", turns.length > 0);
		const turn = $("#current .turn");
		const question = turn?.querySelector(".question")?.textContent;
		if (!turn) { followed = ""; return; }
		const state = turn.classList.contains("pending") ? "pending" : "done";
		const place = turn.querySelector('a[href^="#ev-"]');
		const step = [turn.id, question, state, Boolean(place)].join("|");
		if (step === followed) return;
		if (!followed.startsWith(`${turn.id}|${question}|`)) turn.scrollIntoView({ block: "start" });
		followed = step;
		say(state === "pending" ? "正在查阅报道" : "回答完毕");
		if (place && !narrow.matches) cite(place, { focus: false });
	};
	const start = () => {
		setSize(storedSize());
		settle();
		if (!narrow.matches) select("catalogue");
		narrow.addEventListener("change", settle);
		new MutationObserver(() => root.lang !== "zh-CN" && (root.lang = "zh-CN"))
			.observe(root, { attributeFilter: ["lang"] });
		const { classList } = document.body; // writing an absent class back would wake the observer
		new MutationObserver(() => classList.contains("dark") && classList.remove("dark"))
			.observe(document.body, { attributeFilter: ["class"] });
		new MutationObserver(follow).observe($("gradio-app"), { childList: true, subtree: true });
	};
	start();
})();
