"""The sentences of the findings. Names in braces are filled in by the check.

Both tables have the same keys; the tests see to it. “code where property” says what is allowed there.
"""

ENGLISH: dict[str, str] = {
    # --- the file and its archive ---
    "missing-h5p-extension": "The file is not called “….h5p”. Choose a file with the ending .h5p.",
    "unable-to-unzip": "The file cannot be opened as a zip archive: it is damaged or not an H5P package.",
    "unable-to-read-package-file": "“{path}” inside the package cannot be read: the package is damaged.",
    "package-too-large": "The package has {used} MB; at most {limit} MB are allowed.",
    "file-size-too-large": "“{path}” has {used} MB unpacked; at most {limit} MB are allowed for one file.",
    "total-size-too-large": "Unpacked, the package has {used} MB; at most {limit} MB are allowed.",
    "too-many-members": "The package holds more than {limit} files.",
    "compression-ratio": "“{path}” is packed more than {limit} times smaller than it is: a trap for unpackers.",
    "unsupported-compression": "“{path}” is packed in a way that is not supported; use plain zip (deflate).",
    "encrypted-member": "“{path}” is protected by a password. Save the package without one.",
    "symlink": "“{path}” is a link to another place, which packages must not contain.",
    "special-file": "“{path}” is neither a file nor a folder.",
    "zip-slip": "“{path}” points out of the package by “..”.",
    "absolute-path": "“{path}” is an absolute path; packages hold relative paths only.",
    "backslash-in-path": "“{path}” contains a backslash. Pack the folders again with forward slashes.",
    "nul-in-path": "“{path}” contains an invisible zero byte.",
    "control-in-path": "“{path}” contains an invisible control character.",
    "path-too-long": "“{path}” is longer than {limit} characters.",
    "name-not-utf-8": "“{path}”: the file name is not written in UTF-8. Rename the file and pack again.",
    "case-collision": "“{path}” and “{other}” differ only in capital letters; they would overwrite each other.",
    "path-collision": "“{path}” is both a file and a folder.",
    "duplicate-member": "“{path}” is in the package twice, with different contents.",
    # --- kinds of files ---
    "not-in-whitelist": "“{path}”: files of the kind “.{extension}” are not allowed here.",
    "not-an-image": "“{path}” is called a picture but cannot be shown as one.",
    "image-too-large": "“{path}” is a picture of {used} million points; at most {limit} million are allowed.",
    "content-sniffed-as-html": "“{path}” contains a web page (HTML), whatever its name says.",
    "content-sniffed-as-svg": "“{path}” contains an SVG drawing, which can hide scripts, whatever its name says.",
    "content-sniffed-as-xml": "“{path}” contains XML, whatever its name says.",
    "content-type-mismatch": "“{path}” is not what its ending “.{extension}” says.",
    "other-media-type": "“{path}” is {actual}, though its ending says “.{extension}”; browsers show it all the same.",
    "empty-file": "“{path}” is empty.",
    # --- JSON ---
    "json-too-large": "“{path}” has more than {limit} MB of JSON.",
    "json-too-many-values": "“{path}” holds more than {limit} values.",
    "json-too-deep": "“{path}” is nested more than {limit} levels deep.",
    "unable-to-parse-package": "“{path}” is not valid JSON.",
    "json-not-utf-8": "“{path}” is not saved as plain UTF-8: it begins with a byte-order mark or is in another "
    "encoding. Save it as UTF-8 without a byte-order mark.",
    "packed-in-a-folder": "The package lies in the folder “{folder}” of the archive. Pack what is in that folder, "
    "not the folder itself.",
    "invalid-content-folder": "The package has no content (content/content.json is missing).",
    "content-not-an-object": "content/content.json must hold an object of parameters.",
    "invalid-h5p-json-file": "h5p.json, the description of the package, is missing or not valid.",
    "missing-required-property": "“{property}” is missing in {where}.",
    "invalid-property": "“{property}” in {where} has a value that is not allowed: {value}.",
    "invalid-property h5p.json title": "It must be one line of 1 to 255 characters.",
    "invalid-property h5p.json language": "It must be a code of at most 10 letters, such as vi or en.",
    "invalid-property h5p.json license": "It must be one of CC BY, CC BY-SA, CC BY-ND, CC BY-NC, CC BY-NC-SA, "
    "CC BY-NC-ND, CC0 1.0, CC PDM, GNU GPL, PD, ODC PDDL, C, or U if it is not known.",
    "invalid-property h5p.json licenseVersion": "It must be 1.0, 2.0, 2.5, 3.0 or 4.0.",
    "invalid-property h5p.json source": "It must be an address that begins with http:// or https://.",
    "invalid-property h5p.json authors": "Each needs a name, and as role one word such as Author.",
    "invalid-property h5p.json changes": "Each needs a date such as 31-12-26 9:05:00, an author and a text.",
    "invalid-property h5p.json preloadedDependencies": "Each needs machineName, majorVersion and minorVersion; "
    "versions are whole numbers.",
    "illegal-option-in-library": "“{option}” is not a possible choice of “{property}” in {where}.",
    # --- libraries ---
    "invalid-library-name": "The folder “{folder}” has a name no library can have.",
    "invalid-library-json-file": "The folder “{folder}” has no valid library.json.",
    "invalid-semantics-json-file": "semantics.json of the library {library} is not valid.",
    "invalid-language-file": "“{path}” of the library {library} is not a valid language file.",
    "library-missing-file": "The library {library} lists “{path}”, but the package does not contain it.",
    "library-directory-name-mismatch": "The folder “{folder}” holds the library {library}; its name must be the same.",
    "library-twice": "The library {library} is in the package twice.",
    "api-version-unsupported": "{library} needs H5P core {required}; this site has {current}.",
    "missing-main-library": "The type of activity, library {library}, is neither installed nor may it be "
    "installed from this "
    "file.",
    "missing-required-library": "The library {library}, needed by {needed_by}, is not installed.",
    "missing-editor-library": "The library {library}, needed only for authoring {needed_by}, is missing; "
    "playing works without it.",
    "missing-nested-library": "A part of the activity needs the library {library}, which is not installed.",
    "library-not-runnable": "{library} is not a type of activity of its own.",
    "library-disabled": "The library {library} is switched off on this site.",
    "library-restricted": "Activities of the type {library} may be created only by library managers.",
    "install-needs-manager": "The file brings {count} libraries, which only a library manager may install "
    "(on the command line: --install-libraries). Ask one to import this file once; they then serve every "
    "further file.",
    "bundled-libraries-ignored": "{count} libraries in the file are left out, since only library managers may install "
    "them. The activity uses those that are installed here.",
    "library-replacement-waits": "{library} {version} would replace {installed}: a library manager must approve "
    "it first. "
    "Until then {installed} is used.",
    "library-differs": "{library} {version} is installed, but the files in this package are others; those "
    "installed stay.",
    "waits-for-upgrade": "{library} is not installed, only a newer version of it. "
    "The activity is kept and can be played once {library} is installed.",
    # --- parameters ---
    "library-version-not-valid": "A part made with {library} was left out: {expected} is expected here.",
    "library-not-valid": "A part made with {library} was left out: it is not allowed here.",
    "semantics-unknown-type": "The field “{field}” is of the unknown kind “{type}” and was left out.",
    "missing-media": "“{path}” is used by the activity but is not in the package.",
    "unsafe-media-path": "The address “{path}” of a picture, sound or video was left out.",
    "external-player": "A film of the activity lies on {host} and plays only through a script of that site, which is "
    "never loaded: learners will see no film. Put it into the package as a file.",
    "external-host": "The activity loads from another site: {host}. It is blocked until it is allowed for this "
    "activity.",
}

VIETNAMESE: dict[str, str] = {
    "missing-h5p-extension": "Tên tệp không có đuôi .h5p. Hãy chọn một tệp có đuôi .h5p.",
    "unable-to-unzip": "Không mở được tệp như một tệp nén zip: tệp hỏng hoặc không phải gói H5P.",
    "unable-to-read-package-file": "Không đọc được “{path}” trong gói: gói bị hỏng.",
    "package-too-large": "Gói nặng {used} MB; chỉ cho phép tối đa {limit} MB.",
    "file-size-too-large": "“{path}” nặng {used} MB sau khi giải nén; mỗi tệp chỉ được tối đa {limit} MB.",
    "total-size-too-large": "Sau khi giải nén, gói nặng {used} MB; chỉ cho phép tối đa {limit} MB.",
    "too-many-members": "Gói chứa hơn {limit} tệp.",
    "compression-ratio": "“{path}” được nén nhỏ hơn {limit} lần so với thật: đây là bẫy đối với trình giải nén.",
    "unsupported-compression": "“{path}” được nén theo cách không hỗ trợ; hãy dùng zip thông thường (deflate).",
    "encrypted-member": "“{path}” có mật khẩu. Hãy lưu gói không đặt mật khẩu.",
    "symlink": "“{path}” là liên kết trỏ tới nơi khác; gói không được chứa liên kết.",
    "special-file": "“{path}” không phải tệp, cũng không phải thư mục.",
    "zip-slip": "“{path}” dùng “..” để trỏ ra ngoài gói.",
    "absolute-path": "“{path}” là đường dẫn tuyệt đối; gói chỉ được chứa đường dẫn tương đối.",
    "backslash-in-path": "“{path}” có dấu gạch chéo ngược. Hãy đóng gói lại các thư mục bằng dấu gạch chéo thường.",
    "nul-in-path": "“{path}” chứa ký tự rỗng không nhìn thấy.",
    "control-in-path": "“{path}” chứa ký tự điều khiển không nhìn thấy.",
    "path-too-long": "“{path}” dài hơn {limit} ký tự.",
    "name-not-utf-8": "“{path}”: tên tệp không viết bằng UTF-8. Hãy đổi tên tệp rồi đóng gói lại.",
    "case-collision": "“{path}” và “{other}” chỉ khác nhau ở chữ hoa, chữ thường nên sẽ ghi đè lên nhau.",
    "path-collision": "“{path}” vừa là tệp vừa là thư mục.",
    "duplicate-member": "“{path}” có hai bản khác nhau trong gói.",
    "not-in-whitelist": "“{path}”: không cho phép loại tệp “.{extension}” ở đây.",
    "not-an-image": "“{path}” mang tên ảnh nhưng không mở được như ảnh.",
    "image-too-large": "“{path}” là ảnh {used} triệu điểm ảnh; chỉ cho phép tối đa {limit} triệu.",
    "content-sniffed-as-html": "“{path}” thực chất chứa trang web (HTML), dù mang tên khác.",
    "content-sniffed-as-svg": "“{path}” thực chất chứa hình SVG, loại tệp có thể giấu mã lệnh, dù mang tên khác.",
    "content-sniffed-as-xml": "“{path}” thực chất chứa XML, dù mang tên khác.",
    "content-type-mismatch": "“{path}” không đúng loại mà đuôi “.{extension}” cho biết.",
    "other-media-type": "“{path}” là {actual}, dù đuôi tệp là “.{extension}”; trình duyệt vẫn hiển thị được.",
    "empty-file": "“{path}” là tệp rỗng.",
    "json-too-large": "“{path}” có hơn {limit} MB dữ liệu JSON.",
    "json-too-many-values": "“{path}” chứa hơn {limit} giá trị.",
    "json-too-deep": "“{path}” lồng nhau hơn {limit} tầng.",
    "unable-to-parse-package": "“{path}” không phải JSON hợp lệ.",
    "json-not-utf-8": "“{path}” không được lưu bằng UTF-8 thuần: tệp bắt đầu bằng dấu BOM hoặc dùng bảng mã khác. "
    "Hãy lưu lại bằng UTF-8 không có BOM.",
    "packed-in-a-folder": "Gói nằm trong thư mục “{folder}” của tệp nén. Hãy nén những gì ở trong thư mục đó, không "
    "nén cả thư mục.",
    "invalid-content-folder": "Gói không có nội dung (thiếu content/content.json).",
    "content-not-an-object": "content/content.json phải chứa một đối tượng gồm các tham số.",
    "invalid-h5p-json-file": "Thiếu h5p.json (phần mô tả gói) hoặc tệp này không hợp lệ.",
    "missing-required-property": "Thiếu “{property}” trong {where}.",
    "invalid-property": "“{property}” trong {where} có giá trị không được phép: {value}.",
    "invalid-property h5p.json title": "Tiêu đề phải là một dòng từ 1 đến 255 ký tự.",
    "invalid-property h5p.json language": "Phải là mã ngôn ngữ tối đa 10 chữ cái, chẳng hạn vi hoặc en.",
    "invalid-property h5p.json license": "Phải là một trong các mã CC BY, CC BY-SA, CC BY-ND, CC BY-NC, CC BY-NC-SA, "
    "CC BY-NC-ND, CC0 1.0, CC PDM, GNU GPL, PD, ODC PDDL, C, hoặc U nếu chưa rõ.",
    "invalid-property h5p.json licenseVersion": "Phải là 1.0, 2.0, 2.5, 3.0 hoặc 4.0.",
    "invalid-property h5p.json source": "Phải là địa chỉ bắt đầu bằng http:// hoặc https://.",
    "invalid-property h5p.json authors": "Mỗi tác giả cần có tên, và vai trò là một từ chẳng hạn Author.",
    "invalid-property h5p.json changes": "Mỗi thay đổi cần có ngày chẳng hạn 31-12-26 9:05:00, tác giả và nội dung.",
    "invalid-property h5p.json preloadedDependencies": "Mỗi mục cần có machineName, majorVersion và minorVersion; số "
    "phiên bản là số nguyên.",
    "illegal-option-in-library": "“{option}” không phải lựa chọn hợp lệ của “{property}” trong {where}.",
    "invalid-library-name": "Thư mục “{folder}” có tên không thể là tên thư viện.",
    "invalid-library-json-file": "Thư mục “{folder}” không có library.json hợp lệ.",
    "invalid-semantics-json-file": "semantics.json của thư viện {library} không hợp lệ.",
    "invalid-language-file": "“{path}” của thư viện {library} không phải tệp ngôn ngữ hợp lệ.",
    "library-missing-file": "Thư viện {library} liệt kê “{path}” nhưng trong gói không có tệp này.",
    "library-directory-name-mismatch": "Thư mục “{folder}” chứa thư viện {library}; tên thư mục phải trùng tên "
    "thư viện.",
    "library-twice": "Thư viện {library} có hai lần trong gói.",
    "api-version-unsupported": "{library} cần lõi H5P {required}; trang này có {current}.",
    "missing-main-library": "Loại hoạt động này cần thư viện {library}, nhưng thư viện chưa được cài và không "
    "thể cài từ tệp này.",
    "missing-required-library": "Chưa cài thư viện {library} mà {needed_by} cần.",
    "missing-editor-library": "Thiếu thư viện {library}, chỉ cần khi soạn {needed_by}; học viên vẫn làm được "
    "hoạt động.",
    "missing-nested-library": "Một phần của hoạt động cần thư viện {library}, thư viện này chưa được cài.",
    "library-not-runnable": "{library} không phải một loại hoạt động độc lập.",
    "library-disabled": "Thư viện {library} đang tắt trên trang này.",
    "library-restricted": "Chỉ người quản lý thư viện được tạo hoạt động loại {library}.",
    "install-needs-manager": "Tệp mang theo {count} thư viện, chỉ người quản lý thư viện được cài "
    "(trên dòng lệnh: --install-libraries). Hãy nhờ người đó nhập tệp này một lần; sau đó mọi tệp khác "
    "dùng chung được.",
    "bundled-libraries-ignored": "Bỏ qua {count} thư viện trong tệp vì chỉ người quản lý thư viện được cài. "
    "Hoạt động dùng các thư viện đã có sẵn ở đây.",
    "library-replacement-waits": "{library} {version} sẽ thay bản {installed}: cần người quản lý thư viện duyệt "
    "trước. "
    "Cho đến lúc đó vẫn dùng bản {installed}.",
    "library-differs": "{library} {version} đã được cài, nhưng các tệp trong gói này lại khác; giữ nguyên bản đã cài.",
    "waits-for-upgrade": "Chưa cài {library}, chỉ có phiên bản mới hơn. "
    "Hoạt động được lưu lại và sẽ dùng được khi {library} được cài.",
    "library-version-not-valid": "Đã bỏ một phần làm bằng {library}: ở đây cần {expected}.",
    "library-not-valid": "Đã bỏ một phần làm bằng {library}: loại này không được phép ở đây.",
    "semantics-unknown-type": "Trường “{field}” thuộc loại chưa biết “{type}” nên đã được bỏ.",
    "missing-media": "Hoạt động dùng “{path}” nhưng tệp này không có trong gói.",
    "unsafe-media-path": "Đã bỏ địa chỉ “{path}” của một ảnh, âm thanh hoặc video.",
    "external-player": "Một phim của hoạt động nằm trên {host} và chỉ phát được bằng mã lệnh của trang đó, mã này "
    "không bao giờ được tải: học viên sẽ không thấy phim. Hãy đưa phim vào gói dưới dạng tệp.",
    "external-host": "Hoạt động tải dữ liệu từ trang khác: {host}. Việc tải bị chặn cho đến khi được cho phép ở "
    "hoạt động "
    "này.",
}
