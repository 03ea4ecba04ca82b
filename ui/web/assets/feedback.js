// Whether an answer helped: two buttons below it and, where it did not, one line to say why.
// What is drawn here is what the server draws (ui/web/votes.py) when the page comes anew.
import { $, fetchJson, make, say, warn } from "./dom.js";
import { narrow } from "./panel.js";

const MAX_CHARS = 200;
const THANKS = "已记下，谢谢。";
const PRIVACY = "评价会和这个问题、回答一起留在本系统，只供工作人员改进，请不要写个人信息。";

const keep = async (turn, choice, comment = "") => {
	try {
		await fetchJson("feedback", {
			method: "POST",
			headers: { "content-type": "application/json" },
			body: JSON.stringify({ turn: Number(turn), vote: choice, comment }),
		});
	} catch (error) {
		const told = /[\u4e00-\u9fff]/.test(error.message);
		warn(told ? error.message : "评价没能记下，请检查网络后再试。");
		return false;
	}
	warn("");
	return true;
};

const drafts = new Map(); // by turn, the form in which it is being said what is wrong
let writing = null; // the form that has the keyboard, also while its surroundings are drawn anew

const rowOf = (turn) => $(`a[href^="#vote-${turn}-"]`)?.closest(".votes");
const asked = (row) => $(".question", row.closest(".turn")).textContent;
const put = (row, ...elements) => {
	for (const old of row.querySelectorAll(":scope > :not(.asked, .vote)")) old.remove();
	row.append(...elements);
};

/** After the buttons stand thanks, a remark, or the form for one. */
const follow = (row, ...elements) => {
	drafts.delete($(".vote", row).hash.split("-")[1]);
	put(row, ...elements);
};
const thank = (row, ...elements) => {
	follow(row, make("span", "thanks", THANKS), ...elements);
	say(THANKS);
};
const remark = (turn, said) => {
	const why = make("a", "why", said ? "修改" : "说说哪里不对");
	why.href = `#vote-${turn}-why`;
	why.setAttribute("role", "button");
	return make("p", "remark", ...(said ? ["您说：", make("span", "", said)] : []), why);
};

const askWhy = (row, turn, said) => {
	const input = make("input");
	Object.assign(input, { type: "text", maxLength: MAX_CHARS, value: said, autocomplete: "off" });
	const send = make("button", "", "提交");
	const label = make("label", "", "哪里不对？（可以不写）", make("span", "line", input, send));
	const form = make("form", "", label, make("small", "", PRIVACY));
	form.addEventListener("submit", async (event) => {
		event.preventDefault();
		send.disabled = true;
		const line = input.value.trim().replace(/\s+/g, " ");
		if (await keep(turn, "down", line)) {
			const there = rowOf(turn) ?? row; // another than before, where it was drawn anew
			thank(there, remark(turn, line));
			$("a.why", there).focus();
		}
		send.disabled = false;
	});
	follow(row, form);
	drafts.set(turn, { form, input, question: asked(row) });
	form.scrollIntoView({ block: "nearest" });
	if (said || !narrow.matches) input.focus(); // on a phone the keyboard comes when it is asked for
};

const putBack = (turn, { form, input, question }) => {
	const row = form.isConnected ? null : rowOf(turn);
	if (!row || asked(row) !== question) return;
	if (!input.value && writing !== form) {
		drafts.delete(turn);
		return;
	}
	put(row, form);
	if (writing === form) input.focus({ preventScroll: true });
};

/** After Gradio has drawn answers anew: what was being written below them is there again. */
export const redrawn = () => {
	for (const [turn, draft] of [...drafts]) putBack(turn, draft);
	press();
};
/** In a new conversation the same numbers mean other answers. */
export const forget = () => drafts.clear();

// Not by what loses the focus: what is taken off the page does, too.
for (const kind of ["focusin", "pointerdown"]) {
	document.addEventListener(kind, ({ target }) => { writing = target.closest?.(".votes form") ?? null; });
}

/** Tell screen readers which buttons are pressed; Gradio lets no such attribute through. */
const press = () => {
	for (const one of document.querySelectorAll(".vote:not([aria-pressed])")) {
		one.setAttribute("aria-pressed", String(one.classList.contains("on")));
	}
};

/** A click on a button of an answer; one that is pressed already is taken back. */
export const vote = async (link) => {
	const [, turn, choice] = link.hash.split("-");
	if (choice === "why") {
		const row = link.closest(".votes");
		askWhy(row, turn, $(".remark span", row)?.textContent ?? "");
		return;
	}
	const wanted = link.classList.contains("on") ? null : choice;
	if (!(await keep(turn, wanted))) return;
	const row = rowOf(turn) ?? link.closest(".votes"); // another, where it was drawn anew
	for (const one of row.querySelectorAll(".vote")) {
		one.classList.toggle("on", wanted !== null && one.hash === link.hash);
		one.removeAttribute("aria-pressed");
	}
	press();
	if (wanted === "up") thank(row);
	else if (wanted === "down") askWhy(row, turn, "");
	else follow(row);
};
