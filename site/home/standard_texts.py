"""The texts of the standard pages a new site starts with; editors change them in the admin afterwards."""

STANDARD_PAGES = {
    "huong-dan": {
        "title": "Hướng dẫn",
        "introduction": "Học một khóa, làm bài kiểm tra và nhận giấy xác nhận: từng bước một.",
        "body": (
            "<h2>Học một khóa</h2><ol><li>Đăng nhập bằng tên đăng nhập hoặc thư điện tử công vụ.</li>"
            "<li>Mở mục “Việc học”, chọn “Bắt đầu” hoặc “Học tiếp”.</li>"
            "<li>Đọc xong mỗi bài, bấm “Đã học xong”. Đóng máy giữa chừng vẫn học tiếp được từ chỗ đang dở.</li></ol>"
            "<h2>Làm bài kiểm tra</h2><p>Bài kiểm tra mở khi đã học xong các bài bắt buộc. Mỗi câu trả lời được lưu ngay "
            "và báo giờ lưu. Mất mạng hay đóng trình duyệt, mở lại là làm tiếp; đồng hồ vẫn chạy theo giờ của máy chủ.</p>"
            "<h2>Giấy xác nhận</h2><p>Khi hoàn thành khóa học, giấy xác nhận được vào sổ ngay và có bản PDF sau ít phút. "
            "Ai cũng có thể kiểm tra giấy xác nhận bằng mã in trên giấy hoặc mã QR.</p>"
        ),
    },
    "kha-nang-tiep-can": {
        "title": "Khả năng tiếp cận",
        "introduction": "Trang này được làm để mọi người dùng được, trên máy cũ, mạng yếu, bằng bàn phím hay trình đọc màn hình.",
        "body": (
            "<p>Trang hướng tới chuẩn WCAG 2.2 mức AA: chữ tương phản rõ, phóng to không vỡ trang, mọi thao tác làm được "
            "bằng bàn phím, hình ảnh có lời mô tả, video có phụ đề và bản lời thoại.</p>"
            "<p>Trang vẫn dùng được khi trình duyệt tắt JavaScript. Nếu gặp chỗ khó dùng, xin báo cho cán bộ nhân sự "
            "hoặc qua trang Liên hệ hỗ trợ.</p>"
        ),
    },
    "quyen-rieng-tu": {
        "title": "Dữ liệu cá nhân",
        "introduction": "Trang lưu những gì cần để xác nhận kết quả học tập, và không hơn thế.",
        "shows_register": True,
        "body": (
            "<p>Không lưu dấu vết lướt trang, không dùng công cụ theo dõi, không gửi dữ liệu ra ngoài. Bảng dưới đây nêu rõ "
            "từng loại dữ liệu: lưu những gì, để làm gì, trong bao lâu.</p>"
            "<h2>Ai được xem</h2>"
            "<p>Câu trả lời trong bài kiểm tra chỉ chính người làm bài xem được. Cán bộ nhân sự, người đứng đầu và thanh tra xem "
            "tình trạng hoàn thành trong phạm vi đơn vị mình phụ trách; mỗi lần xem hồ sơ học tập của một người đều được ghi "
            "vào nhật ký. Người giám sát chỉ xem số liệu tổng hợp, không có nhóm nào dưới 5 người.</p>"
            "<p>Chuyện và ảnh về gương điển hình chỉ được đăng khi nhân vật đồng ý, và được gỡ khi nhân vật rút lại sự đồng ý.</p>"
            "<h2>Quyền của người có dữ liệu</h2>"
            "<p>Mỗi người xem và tải được toàn bộ dữ liệu của mình tại mục “Dữ liệu của tôi” trong trang tài khoản, và có thể yêu "
            "cầu sửa, hạn chế sử dụng, phản đối hoặc xóa. Yêu cầu được trả lời trong hai ngày làm việc.</p>"
        ),
    },
    "lien-he": {
        "title": "Liên hệ hỗ trợ",
        "introduction": "Cần giúp về tài khoản, khóa học hay giấy xác nhận.",
        "body": (
            "<p>Về tài khoản và thông tin cá nhân: liên hệ cán bộ nhân sự của đơn vị. Về nội dung khóa học: liên hệ đơn vị "
            "tổ chức khóa học, ghi ở trang giới thiệu khóa học.</p>"
        ),
    },
}
