"""Document numbers 发文字号: ``石政发〔2026〕17号`` from one register for each series and year.

A number is the series' prefix 代字, the year in 〔〕 and a running number that begins at 1 every year (GB/T 9704-2012,
7.2.5). The register has no gaps and no doubles; a number that was a mistake is voided and stays in it with the reason.

    from suite.numbering.domain import issue

    issue(series, user, "关于……的通知", reference=("hearings.letter", letter.pk))

A page type that carries a number names the field: ``number_field = "document_number"``; its editors then find
“Document number” in the page's menu, and the gate holds the number against the register.
"""
