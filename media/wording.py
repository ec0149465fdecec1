"""The wording people agree to. It is a document, so it is Vietnamese whatever the language of the screens.

A changed wording gets a new version; records keep the text they were given with.
"""

VERSION = "2026-11"
TEXT = """\
Tôi đồng ý để cơ quan quản lý trang này đăng những nội dung về tôi mà tôi đã đánh dấu (họ tên; \
chức vụ và đơn vị; hình ảnh; câu chuyện), trên những kênh mà tôi đã đánh dấu.
Tôi đã đọc bài viết và xem ảnh trước khi ký. Tôi có thể rút lại sự đồng ý bất cứ lúc nào, \
không phải nêu lý do; khi đó bài viết, ảnh và thẻ chia sẻ được gỡ ngay khỏi trang này."""
