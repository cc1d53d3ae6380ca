// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IERC721A} from "erc721a/contracts/IERC721A.sol";
import {Ownable} from "solady/auth/Ownable.sol";
import {DropCollection} from "../src/DropCollection.sol";
import {DropFixture} from "./DropFixture.sol";

/// Calls back into the drop while it is paid.
contract Greedy {
    DropCollection private immutable DROP;
    bytes private attack;

    constructor(DropCollection drop) {
        DROP = drop;
    }

    function refund(uint256[] calldata ids, bytes calldata then_) external {
        attack = then_;
        DROP.refund(ids);
    }

    receive() external payable {
        bytes memory call_ = attack;
        delete attack;
        (bool done,) = address(DROP).call(call_);
        require(done, "refused");
    }
}

/// The money of a sale stays until the works are shown, and goes back if they never are.
contract DropRefundTest is DropFixture {
    uint256 private constant LATE = uint256(CLOSES) + 30 days;

    function testProceedsWaitForTheReveal() public {
        _open();
        _mint(collector, 5);
        (bool paid,) = address(drop).call{value: 1 ether}("");
        vm.assertTrue(paid);
        _withdraw();
        vm.assertEq(vm.addr(9).balance, 1 ether);
        vm.assertEq(address(drop).balance, PRICE * 5);
        vm.warp(CLOSES);
        _withdraw();
        vm.assertEq(vm.addr(9).balance, 1 ether);
        drop.reveal(SALT, DIRECTORY);
        _withdraw();
        vm.assertEq(vm.addr(9).balance, 1 ether + PRICE * 5);
    }

    function testOnlyTheOwnerWithdraws() public {
        vm.expectRevert(Ownable.Unauthorized.selector);
        drop.withdraw(address(this));
    }

    function testWhoHoldsATokenGetsItsPriceBackIfNothingIsShown() public {
        _open();
        _mint(collector, 3);
        vm.prank(collector);
        drop.transferFrom(collector, vm.addr(5), 1);
        vm.warp(LATE);
        _refund(collector, _ids(2, 0), "");
        vm.assertEq(collector.balance, PRICE * 2);
        _refund(vm.addr(5), _ids(1), "");
        vm.assertEq(vm.addr(5).balance, PRICE);
        vm.assertEq(drop.totalSupply(), 0);
        vm.assertEq(address(drop).balance, 0);
    }

    function testRoyaltiesStillLeaveAfterARefund() public {
        _open();
        _mint(collector, 2);
        vm.warp(LATE);
        _refund(collector, _ids(0), "");
        _withdraw();
        vm.assertEq(vm.addr(9).balance, 0);
        (bool paid,) = address(drop).call{value: 1 ether}("");
        vm.assertTrue(paid);
        _withdraw();
        vm.assertEq(vm.addr(9).balance, 1 ether);
        vm.assertEq(address(drop).balance, PRICE);
    }

    function testRefundsBeginAtTheirSecond() public {
        _refund(collector, _ids(0), _error(DropCollection.NoRefund.selector));
        _open();
        _mint(collector, 1);
        vm.warp(LATE - 1);
        _refund(collector, _ids(0), _error(DropCollection.NoRefund.selector));
        vm.warp(LATE);
        _refund(collector, _ids(0), "");
    }

    function testAnEarlierEndBringsRefundsForward() public {
        _open();
        _mint(collector, 1);
        vm.prank(creator);
        drop.endSale();
        vm.warp(uint256(OPENS) + 30 days - 1);
        _refund(collector, _ids(0), _error(DropCollection.NoRefund.selector));
        vm.warp(uint256(OPENS) + 30 days);
        _refund(collector, _ids(0), "");
    }

    function testARevealEndsRefunds() public {
        _open();
        _mint(collector, 2);
        vm.warp(LATE);
        _refund(collector, _ids(0), "");
        drop.reveal(SALT, DIRECTORY);
        _refund(collector, _ids(1), _error(DropCollection.NoRefund.selector));
        _withdraw();
        vm.assertEq(vm.addr(9).balance, PRICE);
    }

    function testFuzzOnlyTheHolderIsPaid(address stranger) public {
        vm.assume(stranger != collector);
        _open();
        _mint(collector, 2);
        vm.prank(collector);
        drop.setApprovalForAll(stranger, true);
        vm.warp(LATE);
        _refund(stranger, _ids(1), abi.encodeWithSelector(DropCollection.NotHolder.selector, 1));
    }

    function testATokenIsPaidOnce() public {
        _open();
        _mint(collector, 2);
        vm.warp(LATE);
        _refund(collector, _ids(1, 1), _error(IERC721A.OwnerQueryForNonexistentToken.selector));
        _refund(collector, _ids(1), "");
        _refund(collector, _ids(1), _error(IERC721A.OwnerQueryForNonexistentToken.selector));
    }

    function testARefundedTokenIsNoWork() public {
        _open();
        _mint(collector, 2);
        vm.warp(LATE);
        _refund(collector, _ids(0), "");
        vm.assertFalse(drop.verifyWork(0, "receipt", new bytes32[](0)));
        vm.expectRevert(IERC721A.URIQueryForNonexistentToken.selector);
        drop.tokenURI(0);
        vm.assertEq(drop.totalMinted(), 2);
        vm.assertEq(drop.mintedTo(collector), 2);
    }

    function testCallingBackPaysNobodyTwice() public {
        Greedy greedy = new Greedy(drop);
        _open();
        _mint(address(greedy), 3);
        _mint(collector, 1);
        vm.warp(LATE);
        // The same token again is refused, and with it the whole refund.
        vm.expectRevert();
        greedy.refund(_ids(0), abi.encodeCall(drop.refund, (_ids(0))));
        // Another token is paid once more, and no more than that.
        greedy.refund(_ids(0), abi.encodeCall(drop.refund, (_ids(2))));
        vm.assertEq(address(greedy).balance, PRICE * 2);
        vm.assertEq(address(drop).balance, PRICE * 2);
    }

    /// Showing the works from within a refund frees what is left, and not what is on its way out.
    function testRevealingWithinARefundLeavesTheRest() public {
        Greedy greedy = new Greedy(drop);
        _open();
        _mint(address(greedy), 1);
        _mint(collector, 1);
        vm.warp(LATE);
        greedy.refund(_ids(0), abi.encodeCall(drop.reveal, (SALT, DIRECTORY)));
        vm.assertEq(address(greedy).balance, PRICE);
        _withdraw();
        vm.assertEq(vm.addr(9).balance, PRICE);
    }

    function _withdraw() private {
        vm.prank(creator);
        drop.withdraw(vm.addr(9));
    }

    function _refund(address by, uint256[] memory ids, bytes memory why) private {
        vm.prank(by);
        if (why.length > 0) vm.expectRevert(why);
        drop.refund(ids);
    }

    function _error(bytes4 selector) private pure returns (bytes memory) {
        return abi.encodeWithSelector(selector);
    }

    function _ids(uint256 id) private pure returns (uint256[] memory ids) {
        ids = new uint256[](1);
        ids[0] = id;
    }

    function _ids(uint256 one, uint256 two) private pure returns (uint256[] memory ids) {
        ids = new uint256[](2);
        (ids[0], ids[1]) = (one, two);
    }
}
