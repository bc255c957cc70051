"""A browser before which one person after another sits down, on the days that the test names."""

from qingdan.kernel import clock
from qingdan.kernel.ledger.ticking import tick
from tests.kernel.files.samples import PNG


class Desk:
    """`enter` moves the clock, lets time do what it asks, and logs the person in; `act` presses a button of a case and sends its form."""

    def __init__(self, page, live_server):
        self.page, self.url = page, live_server.url

    def enter(self, username, day, password=None):
        clock.set_fixed(f"{day}T10:00")
        tick()
        self.page.context.clear_cookies()
        self.page.goto(f"{self.url}/desk/login/")
        self.page.get_by_label("用户名").fill(username)
        self.page.get_by_label("密码").fill(password or ("p" if username.endswith(("_1", "_2")) else "梨树下的第七把伞 1998"))
        self.page.get_by_role("button", name="登录", exact=True).click()
        self.page.wait_for_url("**/desk/")

    def case(self, number):
        """The page of a case, as words."""
        self.page.goto(f"{self.url}/desk/cases/{number}/")
        return self.page.inner_text("main")

    def act(self, number, button, fill=(), files=(), check=()):
        """check: labels of the only boxes that shall be ticked."""
        self.page.goto(f"{self.url}/desk/cases/{number}/")
        self.page.get_by_role("link", name=button, exact=False).first.click()
        while check and self.page.locator("main form input[type=checkbox]:checked").count():
            self.page.locator("main form input[type=checkbox]:checked").first.uncheck()
        for label in check:
            self.page.get_by_label(label, exact=True).check()
        for name, text in fill:
            self.page.locator(f"[name='{name}']").fill(text)
        for name, (called, content) in files:
            self.page.locator(f"[name='{name}']").set_input_files({"name": called, "mimeType": "image/png", "buffer": content})
        self.page.locator("main form button[type=submit]").first.click()
        self.page.wait_for_url(f"**/desk/cases/{'*'}/")

    def publish(self, number, item_code, day):
        """第七条（五） 公布, with receipt, address and copy."""
        receipt = [("receipt", "金电政回〔2016〕1号"), ("receipt_day", day), ("url", f"{self.url}/item/{item_code}")]
        self.act(number, "配网公布", receipt, [("copy", ("公布页面.png", PNG))])

    def update_own_site(self, number):
        """第七条（五） 本部门更新, with the photo of the premises."""
        files = [("photo", ("公示栏.png", PNG))]
        self.act(number, "登记本部门网站和办公场所已更新", [("opinion", "网站和窗口公示已更新。")], files)
