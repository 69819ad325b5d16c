// Rows picked in a list: the bulk bar appears with the count; the form carries the ids, so it works without scripts too.
export const picks = () => ({
  count: 0,
  all: false,
  init() {
    this.recount();
    window.addEventListener("pageshow", () => this.recount()); // ticks that the way back has restored
  },
  boxes() {
    return [...this.$root.querySelectorAll("input[name=ids]")];
  },
  recount() {
    const boxes = this.boxes();
    this.count = boxes.filter((box) => box.checked).length;
    for (const box of boxes) box.closest("tr").classList.toggle("pick", box.checked);
    const head = this.$root.querySelector("[data-all]");
    if (head) {
      head.checked = this.count > 0 && this.count === boxes.length;
      head.indeterminate = this.count > 0 && this.count < boxes.length;
    }
  },
  pickAll(event) {
    for (const box of this.boxes()) box.checked = event.target.checked;
    this.all = false;
    this.recount();
  },
  whole(event) { // a cell that is cut short says all of it on hover
    const cell = event.target.closest("td.cut");
    if (cell && cell.scrollWidth > cell.clientWidth) cell.title = cell.textContent;
  },
  clear() {
    for (const box of this.boxes()) box.checked = false;
    this.all = false;
    this.recount();
  },
  get none() {
    return this.count === 0;
  },
  get words() {
    return `已选 ${this.count} 项`;
  },
});
